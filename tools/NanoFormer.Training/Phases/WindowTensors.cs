using NanoFormer.Data;
using static TorchSharp.torch;

namespace NanoFormer.Training.Phases;

/// <summary>A set of windows as tensors: physical values <c>[n, T, C]</c> and class indices <c>[n]</c>.</summary>
internal sealed class WindowTensors : IDisposable
{
    public WindowTensors(WindowSet windows)
    {
        using var scope = NewDisposeScope();
        var scales = tensor(windows.Channels.Select(c => (float)c.Scale).ToArray());
        var steps = tensor(windows.Samples, ScalarType.Float32).reshape(windows.Count, windows.WindowSamples, windows.Channels.Count);
        Values = (steps * scales).MoveToOuterDisposeScope();
        Labels = tensor(windows.Labels, ScalarType.Int64).MoveToOuterDisposeScope();
    }

    public Tensor Values { get; }

    public Tensor Labels { get; }

    public int Count => (int)Labels.shape[0];

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
}
