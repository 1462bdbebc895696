using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NanoFormer.Emulator;
using NanoFormer.Interop;

namespace NanoFormer.Cli.Tests.Commands;

/// <summary>A packed data set of test windows of the synthetic wearer, written to a folder that lives as long as this.</summary>
internal sealed class WindowFolder : IDisposable
{
    private static readonly Lazy<AnsweredWindows> Answered = new(AnswerAll);

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, object> _files = [];

    public string Name => _folder.Name;

    /// <summary>The shipped model.</summary>
    public required ModelInfo Model { get; init; }

    /// <summary>The windows, <c>[WindowSamples * ChannelCount]</c> each.</summary>
    public required IReadOnlyList<short[]> Windows { get; init; }

    /// <summary>Class names in the header.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Samples in a window, in the header.</summary>
    public required int WindowSamples { get; init; }

    /// <summary>An index into <see cref="ClassNames"/> for each window.</summary>
    public required int[] Labels { get; init; }

    /// <summary>Windows whose labels are the answers that the reference executor gives for the shipped model.</summary>
    /// <param name="wrong">Number of labels that are changed.</param>
    /// <param name="rename">Changes the class names.</param>
    /// <param name="windowSamples">Samples in a window of the header, with windows cut to them; the model's when null.</param>
    public static WindowFolder OfWearer(int wrong = 0, Func<string, string>? rename = null, int? windowSamples = null)
    {
        var answered = Answered.Value;
        int samples = windowSamples ?? answered.Model.WindowSamples;
        var folder = new WindowFolder
        {
            Model = answered.Model,
            Windows = [.. answered.Windows.Select(window => window[..(samples * answered.Model.ChannelCount)])],
            ClassNames = [.. answered.Model.Labels.Select(rename ?? (label => label))],
            WindowSamples = samples,
            Labels = [.. answered.Answers.Select((answer, i) => (answer + (i < wrong ? 1 : 0)) % answered.Model.Labels.Length)],
        };
        folder.Write();
        return folder;
    }

    public string PathOf(string file) => _folder.PathOf(file);

    public void Dispose() => _folder.Dispose();

    private static AnsweredWindows AnswerAll()
    {
        using var reference = ShippedModel.Reference();
        short[][] windows = [.. WearerWindows.Of(reference.Info, seed: 2).Where((_, i) => i % 2 == 0)];
        return new AnsweredWindows(reference.Info, windows, [.. windows.Select(window => Answer(reference, window))]);
    }

    private static int Answer(ReferenceEngine reference, short[] window)
    {
        sbyte[] output = new sbyte[reference.Info.OutputCount];
        reference.Run(window, output);
        return Array.IndexOf(output, output.Max());
    }

    private void Write()
    {
        short[] samples = [.. Windows.SelectMany(window => window)];
        string rows = string.Concat(Labels.Select((label, i) => $"{i},test,{label},1\n"));
        Add("test", MemoryMarshal.AsBytes(samples.AsSpan()).ToArray());
        Add("rows", Encoding.UTF8.GetBytes("row,split,label,subject\n" + rows));
        File.WriteAllText(PathOf("header.json"), JsonSerializer.Serialize(new
        {
            name = "windows of the synthetic wearer",
            dtype = "int16",
            sampling_rate_hz = Model.RateMillihertz / 1000.0,
            channels = Enumerable.Range(0, Model.ChannelCount).Select(i => new
            {
                name = Model.ChannelNames[i],
                unit = Model.ChannelUnits[i],
                scale = Math.ScaleB(Model.ChannelScaleMantissas[i], Model.ChannelScaleShifts[i] - 31),
            }),
            labels = ClassNames,
            window_samples = WindowSamples,
            files = _files,
        }));
    }

    private void Add(string key, byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        _folder.Write(key + ".gz", packed.ToArray());
        string hash = Convert.ToHexStringLower(SHA256.HashData(packed.ToArray()));
        _files[key] = new { file = key + ".gz", bytes_raw = bytes.Length, sha256_gz = hash };
    }

    private sealed record AnsweredWindows(ModelInfo Model, IReadOnlyList<short[]> Windows, IReadOnlyList<int> Answers);
}
