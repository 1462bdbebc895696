using System.Runtime.InteropServices;
using NanoFormer.Interop;

namespace NanoFormer.Emulator;

/// <summary>
/// The C engine on a Cortex-M that QEMU emulates: the model image lies in the core's flash, windows go in and outputs come back over
/// the protocol of native-interop/ports/mps2, and every run's instructions are counted exactly.
/// </summary>
public sealed class EmulatedCore : ITransformerEngine
{
    private const int ProtocolVersion = 1;
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    private readonly QemuProcess _process;
    private readonly CoreLink _link;
    private readonly InstructionCounter _counter;

    /// <summary>Boots a core with an image in its flash and opens it there.</summary>
    /// <param name="image">The model image.</param>
    /// <param name="target">The core.</param>
    /// <param name="timeout">Longest wait for any answer of the core; 60 s when null.</param>
    /// <exception cref="TransformerException">The core refuses the image.</exception>
    /// <exception cref="EmulatorException">QEMU or a build product is missing, or QEMU failed.</exception>
    public EmulatedCore(byte[] image, CoreTarget target, TimeSpan? timeout = null)
    {
        Target = target;
        _process = new QemuProcess(target, NativeBuild.CoreImage(target), image);
        _link = new CoreLink(_process, timeout ?? DefaultTimeout);
        try
        {
            Hello = SayHello();
            _counter = new InstructionCounter(_process.CountsPath);
            _link.Exchange(CoreRequest.Open);
            Info = ReadInfo();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The core that was asked for.</summary>
    public CoreTarget Target { get; }

    /// <summary>What the core says about itself.</summary>
    public CoreHello Hello { get; }

    /// <summary>The model, as the core read it from its flash.</summary>
    public ModelInfo Info { get; }

    /// <summary>
    /// Instructions of the last run: <c>nf_session_run</c> and, fewer than a dozen, its call between the two marks. Exact and repeatable.
    /// </summary>
    /// <exception cref="InvalidOperationException">Nothing has been run yet.</exception>
    public long LastInstructions => _counter.BetweenLastMarks();

    /// <summary>Deepest use of the core's stack since its reset, in bytes; asks the core.</summary>
    /// <exception cref="EmulatorException">The core does not answer.</exception>
    public int StackBytes => new ReplyReader(_link.Exchange(CoreRequest.Stack)).ReadInt32();

    /// <inheritdoc/>
    public void Run(short[] window, sbyte[] output)
    {
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(output);
        if (output.Length != Info.OutputCount)
        {
            throw new TransformerException(EngineStatus.WrongShape);
        }

        byte[] answer = _link.Exchange(CoreRequest.Run, MemoryMarshal.AsBytes<short>(window));
        var reader = new ReplyReader(answer);
        MemoryMarshal.Cast<byte, sbyte>(reader.Take(output.Length)).CopyTo(output);
    }

    /// <inheritdoc/>
    public void SelfTest() => _link.Exchange(CoreRequest.SelfTest);

    /// <summary>Ends the emulator.</summary>
    public void Dispose()
    {
        _counter?.Dispose();
        _link.Dispose();
        _process.Dispose();
    }

    private CoreHello SayHello()
    {
        var reader = new ReplyReader(_link.Exchange(CoreRequest.Hello));
        int version = reader.ReadInt32();
        if (version != ProtocolVersion)
        {
            throw new EmulatorException($"The core speaks version {version} of the protocol, not {ProtocolVersion}.");
        }

        return new CoreHello((uint)reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
    }

    private ModelInfo ReadInfo()
    {
        var reader = new ReplyReader(_link.Exchange(CoreRequest.Info));
        var numbers = new int[ModelNumbers.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = reader.ReadInt32();
        }

        int channels = numbers[ModelNumbers.ChannelCount];
        var mantissas = new int[channels];
        var shifts = new int[channels];
        for (int i = 0; i < channels; i++)
        {
            mantissas[i] = reader.ReadInt32();
            shifts[i] = reader.ReadInt32();
        }

        string modelId = reader.ReadText();
        var labels = new string[numbers[ModelNumbers.LabelCount]];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = reader.ReadText();
        }

        var names = new string[channels];
        var units = new string[channels];
        for (int i = 0; i < channels; i++)
        {
            names[i] = reader.ReadText();
            units[i] = reader.ReadText();
        }

        return new ModelInfo(modelId, numbers, labels, names, units, mantissas, shifts);
    }
}
