using System.Globalization;
using NanoFormer.Cli.Engines;
using NanoFormer.Cli.Evaluation;
using NanoFormer.Cli.Models;
using NanoFormer.Energy.Mlperf;

namespace NanoFormer.Cli.Energy;

/// <summary>Labelled inputs of a benchmark: a folder in the form of MLPerf Tiny's runner, or the test windows of a data set.</summary>
internal static class DeviceInputs
{
    /// <summary>Reads them.</summary>
    /// <param name="dataset">The folder, or the data set.</param>
    /// <param name="modelPath">The model whose windows and classes those of the data set are; null for a folder with labels.</param>
    /// <param name="most">How many at most.</param>
    public static IReadOnlyList<LabelledInput> Load(string dataset, string? modelPath, int? most)
    {
        if (File.Exists(Path.Combine(dataset, LabelledInputs.TruthFile)))
        {
            return [.. LabelledInputs.Read(dataset).Take(most ?? int.MaxValue)];
        }

        if (modelPath is null)
        {
            throw new CommandFailure("BAD_OPTION", $"'{dataset}' holds no {LabelledInputs.TruthFile}; for a data set of windows name the model on the device with --model.");
        }

        var model = ModelFile.Load(modelPath);
        var data = EvaluationWindows.Load(model.ReadConfig(), dataset, EvaluationWindows.TestSplit).Windows;
        using var engine = EngineFactory.Open(EngineFactory.Reference, model.Image);
        int[] classes = [.. data.ClassNames.Select(name => Array.IndexOf(engine.Info.Labels, name, 0, engine.Info.ClassCount))];
        // A model that gives a score alone tells class 1, the anomaly, from class 0.
        int ClassOf(int label) => engine.Info.ClassCount == 0 ? Math.Min(label, 1)
            : classes[label] >= 0 ? classes[label] : throw new BenchmarkException(BenchmarkError.BadDataset, $"the data set's class '{data.ClassNames[label]}' is none of the model's.");
        byte[] BytesOf(ReadOnlySpan<short> window)
        {
            byte[] bytes = new byte[window.Length * engine.Info.ValueBytes];
            for (int i = 0; i < window.Length; i++)
            {
                if (engine.Info.ValueBytes == sizeof(short))
                {
                    BitConverter.TryWriteBytes(bytes.AsSpan(i * sizeof(short)), window[i]);
                }
                else
                {
                    bytes[i] = (byte)Math.Clamp(window[i], sbyte.MinValue, sbyte.MaxValue);
                }
            }

            return bytes;
        }

        // Spread over the whole set, because its windows are in the order of subjects and classes.
        int count = Math.Min(most ?? data.Count, data.Count);
        return [.. Enumerable.Range(0, count).Select(i => (int)((long)i * data.Count / count)).Select(i => new LabelledInput(string.Create(CultureInfo.InvariantCulture, $"window-{i:00000}.bin"), ClassOf(data.Labels[i]), BytesOf(data.Window(i))))];
    }
}
