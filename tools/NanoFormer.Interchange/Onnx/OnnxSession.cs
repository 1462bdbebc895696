using Microsoft.ML.OnnxRuntime;

namespace NanoFormer.Interchange;

/// <summary>Runs ONNX files, float or QDQ, by ONNX Runtime: the only place that opens a session.</summary>
/// <remarks>
/// Processors without VNNI add products of uint8 and int8 in pairs and cut the sums off at 16 bits. ONNX Runtime uses that instruction
/// unless a session asks for precision, and answers of QDQ files are then wrong. On other processors the setting changes nothing.
/// </remarks>
public sealed class OnnxSession : IDisposable
{
    private readonly SessionOptions _options = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
    private readonly RunOptions _run = new();
    private readonly InferenceSession _session;

    /// <summary>A session on the bytes of a file.</summary>
    /// <param name="file">The bytes.</param>
    /// <param name="threads">Threads within an operator; 0 for one per core.</param>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime cannot run the file.</exception>
    public OnnxSession(byte[] file, int threads = 1)
    {
        _options.IntraOpNumThreads = threads;
        foreach (var (key, value) in Settings)
        {
            _options.AddSessionConfigEntry(key, value);
        }

        _session = new InferenceSession(file, _options);
    }

    /// <summary>What every session is opened with.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["session.x64quantprecision"] = "1",
    };

    /// <summary>The text of a metadata entry.</summary>
    public string Metadata(string key) => _session.ModelMetadata.CustomMetadataMap[key];

    /// <summary>The first output for the only input, row-major.</summary>
    /// <exception cref="OnnxRuntimeException">The input has another shape than the file's.</exception>
    public float[] Run(float[] input, params long[] shape)
    {
        using var tensor = OrtValue.CreateTensorValueFromMemory(input, shape);
        using var outputs = _session.Run(_run, [_session.InputNames[0]], [tensor], [_session.OutputNames[0]]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Dispose();
        _options.Dispose();
        _run.Dispose();
    }
}
