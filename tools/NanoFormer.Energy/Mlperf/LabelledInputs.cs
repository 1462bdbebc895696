using System.Globalization;

namespace NanoFormer.Energy.Mlperf;

/// <summary>An input of a benchmark as the bytes that the device takes, and its true class.</summary>
/// <param name="Name">What it is called in the result.</param>
/// <param name="Class">Its class, from 0.</param>
/// <param name="Bytes">The input.</param>
public sealed record LabelledInput(string Name, int Class, byte[] Bytes);

/// <summary>Reads and writes a folder in the form of MLPerf Tiny's runner: one file per input, named with its class in <c>y_labels.csv</c>.</summary>
public static class LabelledInputs
{
    /// <summary>Name of the table: file, number of classes, class and perhaps more.</summary>
    public const string TruthFile = "y_labels.csv";

    /// <summary>Reads the inputs of a folder.</summary>
    /// <exception cref="BenchmarkException">A line or a file of it is not as it should be.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IReadOnlyList<LabelledInput> Read(string folder)
    {
        var inputs = new List<LabelledInput>();
        foreach (var (index, line) in File.ReadAllLines(Path.Combine(folder, TruthFile)).Index())
        {
            if (line.Trim().Length == 0)
            {
                continue;
            }

            string[] fields = line.Split(',', StringSplitOptions.TrimEntries);
            if (fields.Length < 3 || !int.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out int label))
            {
                throw new BenchmarkException(BenchmarkError.BadDataset, $"line {index + 1} of {TruthFile} is not 'file, classes, class': {line}");
            }

            string file = Path.Combine(folder, fields[0]);
            byte[] bytes = File.Exists(file) ? File.ReadAllBytes(file) : throw new BenchmarkException(BenchmarkError.BadDataset, $"line {index + 1} of {TruthFile}: there is no file {fields[0]}.");
            inputs.Add(bytes.Length > 0
                ? new LabelledInput(fields[0], label, bytes)
                : throw new BenchmarkException(BenchmarkError.BadDataset, $"line {index + 1} of {TruthFile}: {fields[0]} is empty."));
        }

        return inputs.Count > 0 ? inputs : throw new BenchmarkException(BenchmarkError.BadDataset, $"{TruthFile} names no input.");
    }

    /// <summary>Writes such a folder, for MLCommons' own runner.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string folder, IReadOnlyList<LabelledInput> inputs)
    {
        Directory.CreateDirectory(folder);
        int classes = inputs.Max(input => input.Class) + 1;
        foreach (var input in inputs)
        {
            File.WriteAllBytes(Path.Combine(folder, input.Name), input.Bytes);
        }

        File.WriteAllLines(Path.Combine(folder, TruthFile), inputs.Select(input => string.Create(CultureInfo.InvariantCulture, $"{input.Name},{classes},{input.Class}")));
    }
}
