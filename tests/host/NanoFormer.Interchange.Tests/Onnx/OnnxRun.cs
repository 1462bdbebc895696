using Microsoft.ML.OnnxRuntime;

namespace NanoFormer.Interchange.Tests.Onnx;

/// <summary>Runs ONNX files by ONNX Runtime, on one thread.</summary>
internal sealed class OnnxRun : IDisposable
{
    private readonly InferenceSession _session;
    private readonly SessionOptions _options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
    private readonly RunOptions _run = new();

    public OnnxRun(byte[] file)
    {
        _session = new InferenceSession(file, _options);
    }

    /// <summary>The text of a metadata entry.</summary>
    public string Metadata(string key) => _session.ModelMetadata.CustomMetadataMap[key];

    /// <summary>The first output for the only input.</summary>
    public float[] Run(float[] window, params long[] shape)
    {
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(window, shape);
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(_run, [_session.InputNames[0]], [input],
            [_session.OutputNames[0]]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public void Dispose()
    {
        _session.Dispose();
        _options.Dispose();
        _run.Dispose();
    }
}
