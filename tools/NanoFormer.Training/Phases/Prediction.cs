using static TorchSharp.torch;

namespace NanoFormer.Training.Phases;

/// <summary>Answers of a float network.</summary>
internal static class Prediction
{
    /// <summary>Logits <c>[n][classes]</c> of windows as they are.</summary>
    public static float[][] Logits(Func<Tensor, Tensor> forward, WindowTensors windows, InputScaling scaling)
    {
        const int batchSize = 512;
        using var inference = no_grad();
        var rows = new List<float[]>();
        for (int start = 0; start < windows.Count; start += batchSize)
        {
            using var scope = NewDisposeScope();
            var inputs = scaling.Apply(windows.Values[TensorIndex.Slice(start, Math.Min(start + batchSize, windows.Count))]);
            var logits = forward(inputs);
            rows.AddRange(logits.data<float>().ToArray().Chunk((int)logits.shape[1]));
        }
        return [.. rows];
    }

    /// <summary>The class of the highest logit, the first of equals, for each row.</summary>
    public static int[] Classes(float[][] logits) => [.. logits.Select(row => Array.IndexOf(row, row.Max()))];
}
