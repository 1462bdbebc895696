using NanoFormer.Data;
using static TorchSharp.torch;

namespace NanoFormer.Training.Phases;

/// <summary>A set of windows as tensors: physical values <c>[n, T, C]</c> and class indices, <c>[n]</c> or one for each token.</summary>
internal sealed class WindowTensors : IDisposable
{
    /// <param name="windows">The windows.</param>
    /// <param name="tokens">How many labels to take from each window's samples, spread evenly; null for the window's own label.</param>
    public WindowTensors(WindowSet windows, int? tokens = null)
    {
        using var scope = NewDisposeScope();
        var scales = tensor(windows.Channels.Select(c => (float)c.Scale).ToArray());
        var steps = tensor(windows.Samples, ScalarType.Float32).reshape(windows.Count, windows.WindowSamples, windows.Channels.Count);
        Values = (steps * scales).MoveToOuterDisposeScope();
        Labels = LabelsOf(windows, tokens).MoveToOuterDisposeScope();
    }

    public Tensor Values { get; }

    public Tensor Labels { get; }

    public int Count => (int)Values.shape[0];

    /// <summary>Index batches in random order; a last one of fewer than two windows is left out, as BatchNorm cannot use it.</summary>
    public IEnumerable<Tensor> ShuffledBatches(int size)
    {
        using var order = randperm(Count, ScalarType.Int64);
        for (int start = 0; start + 2 <= Count; start += size)
        {
            using var batch = order[TensorIndex.Slice(start, Math.Min(start + size, Count))];
            yield return batch;
        }
    }

    public void Dispose()
    {
        Values.Dispose();
        Labels.Dispose();
    }

    /// <summary>A token is labelled as the last sample that it sees.</summary>
    private static Tensor LabelsOf(WindowSet windows, int? tokens)
    {
        if (tokens is not { } count)
        {
            return tensor(windows.Labels, ScalarType.Int64);
        }

        int stride = windows.WindowSamples / count;
        return tensor(windows.SampleLabels!, ScalarType.Int64).reshape(windows.Count, windows.WindowSamples)
            [.., TensorIndex.Slice(stride - 1, null, stride)].contiguous();
    }
}
