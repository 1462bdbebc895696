using NanoFormer.Interop;

namespace NanoFormer.Cli.Tests.Firmware;

/// <summary>An engine that keeps the windows it is given, and answers with the first class.</summary>
internal sealed class WindowRecorder(ModelInfo info) : ITransformerEngine
{
    private readonly List<short[]> _windows = [];

    public ModelInfo Info => info;

    /// <summary>The windows, in order.</summary>
    public IReadOnlyList<short[]> Windows => _windows;

    public void Run(short[] window, sbyte[] output)
    {
        _windows.Add([.. window]);
        Array.Fill(output, sbyte.MinValue);
        output[0] = sbyte.MaxValue;
    }

    public void SelfTest()
    {
    }

    public void Dispose()
    {
    }
}
