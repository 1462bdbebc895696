using System.Runtime.InteropServices;
using NanoFormer.Board;
using NanoFormer.Emulator;
using NanoFormer.Energy.Mlperf;
using NanoFormer.Interop;

namespace NanoFormer.Cli.Energy;

/// <summary>
/// An engine as the device under test's model. Its clock is the time that the engine's counted instructions take on the board that the
/// core stands for: an estimate; an engine of this machine goes by this machine's clock.
/// </summary>
internal sealed class EngineUnderTest(ITransformerEngine engine) : IBenchmarkModel
{
    private readonly sbyte[] _output = new sbyte[engine.Info.OutputCount];
    private readonly System.Diagnostics.Stopwatch _real = System.Diagnostics.Stopwatch.StartNew();
    private double _counted;

    public string Id => engine.Info.ModelId;

    public int InputBytes => engine.Info.WindowSamples * engine.Info.ChannelCount * engine.Info.ValueBytes;

    public long Microseconds => engine is EmulatedCore ? (long)_counted : _real.Elapsed.Ticks / TimeSpan.TicksPerMicrosecond;

    public float[] Run(ReadOnlySpan<byte> input)
    {
        if (engine.Info.ValueBytes == sizeof(short))
        {
            engine.Run(MemoryMarshal.Cast<byte, short>(input).ToArray(), _output);
        }
        else
        {
            engine.Run(MemoryMarshal.Cast<byte, sbyte>(input).ToArray(), _output);
        }

        if (engine is EmulatedCore core)
        {
            _counted += PowerFigures.Shipped.Board(core.Target.Name).InstructionMicroseconds(core.LastInstructions);
        }

        // A model with classes may give a score too; the rules' runners take every result for a class.
        int count = engine.Info.ClassCount > 0 ? engine.Info.ClassCount : _output.Length;
        return [.. _output.Take(count).Select(value => (value + 128) / 256f)];
    }
}
