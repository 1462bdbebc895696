using Microsoft.ML.OnnxRuntime;
using NanoFormer.Data;
using NanoFormer.Interchange;
using NanoFormer.Interop;

namespace NanoFormer.Cli.Evaluation;

/// <summary>
/// Runs a float network from an ONNX file: one input, float <c>[batch, samples, channels]</c> in physical units; output float
/// <c>[batch, columns]</c>, probabilities and behind them scores.
/// </summary>
internal static class OnnxNetwork
{
    private const int BatchSize = 256;
    private const double StepsOfOne = 256; // of a score, as the device counts them

    /// <summary>How the network does on windows; null when there is no such file.</summary>
    /// <exception cref="CommandFailure">The file is not a network for this model.</exception>
    public static Judgement? Judge(string path, ModelInfo model, EvaluationWindows data)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var rule = AlarmRule.Of(ModelEvaluation.AlarmScore(model), data, windows => Predict(path, model, windows).Scores);
            return rule.Judge(data.Windows, Predict(path, model, data.Windows));
        }
        catch (OnnxRuntimeException fault)
        {
            throw new CommandFailure("BAD_ONNX", $"'{path}': {fault.Message}");
        }
    }

    private static Predictions Predict(string path, ModelInfo model, WindowSet windows)
    {
        float[][] outputs = Outputs(path, windows);
        if (outputs.Any(row => row.Length != model.OutputCount))
        {
            throw new CommandFailure("WRONG_SHAPE", $"'{path}' has other outputs than the model's {model.OutputCount}.");
        }

        var predictions = Predictions.Of(model, windows.ClassNames, outputs);
        return predictions with { Scores = [.. predictions.Scores.Select(score => score * StepsOfOne)] };
    }

    private static float[][] Outputs(string path, WindowSet windows)
    {
        using var session = new OnnxSession(File.ReadAllBytes(path), threads: 0);
        return [.. Enumerable.Range(0, windows.Count).Chunk(BatchSize).SelectMany(batch => Run(session, windows, batch))];
    }

    private static IEnumerable<float[]> Run(OnnxSession session, WindowSet windows, int[] batch)
    {
        float[] values = batch.SelectMany(i => Physical(windows, i)).ToArray();
        float[] output = session.Run(values, batch.Length, windows.WindowSamples, windows.Channels.Count);
        return output.Chunk(output.Length / batch.Length);
    }

    private static IEnumerable<float> Physical(WindowSet windows, int index)
    {
        var channels = windows.Channels;
        short[] window = windows.Window(index).ToArray();
        return window.Select((value, i) => (float)(value * channels[i % channels.Count].Scale));
    }
}
