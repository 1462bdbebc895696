using System.Runtime.InteropServices;
using System.Text;
using NanoFormer.Interop;

namespace NanoFormer.Emulator;

/// <summary>
/// The C engine on a core that QEMU emulates: the model image lies in the core's flash, windows go in and outputs come back over
/// the protocol of native-interop/ports/qemu, and every run's instructions are counted exactly.
/// </summary>
public sealed class EmulatedCore : ITransformerEngine
{
    private const int ProtocolVersion = 2;
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    private readonly QemuProcess _process;
    private readonly CoreLink _link;
    private readonly InstructionCounter _counter;

    /// <summary>Boots a core with an image in its flash and opens it there.</summary>
    /// <param name="image">The model image.</param>
    /// <param name="target">The core.</param>
    /// <param name="backend">Name of the kernels to run it with, such as <c>scalar</c>; the core's fastest when null.</param>
    /// <param name="timeout">Longest wait for any answer of the core; 60 s when null.</param>
    /// <exception cref="TransformerException">The core refuses the image.</exception>
    /// <exception cref="EmulatorException">QEMU or a build product is missing, QEMU failed, or the core has no such backend.</exception>
    public EmulatedCore(byte[] image, CoreTarget target, string? backend = null, TimeSpan? timeout = null)
    {
        Target = target;
        _process = new QemuProcess(target, NativeBuild.CoreImage(target), image);
        _link = new CoreLink(_process, timeout ?? DefaultTimeout);
        try
        {
            Hello = SayHello();
            _counter = new InstructionCounter(_process.CountsPath);
            Backend = backend ?? Hello.Backends[0];
            _link.Exchange(CoreRequest.Open, Encoding.UTF8.GetBytes(Backend));
            Info = ModelInfoReader.Read(_link.Exchange(CoreRequest.Info));
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

    /// <summary>Name of the kernels that run the model.</summary>
    public string Backend { get; }

    /// <summary>The model, as the core read it from its flash.</summary>
    public ModelInfo Info { get; }

    /// <summary>
    /// Instructions of the last run, slice or step: the engine's function and, fewer than a dozen, its call between the two marks. Exact and
    /// repeatable.
    /// </summary>
    /// <exception cref="InvalidOperationException">Nothing has been run yet.</exception>
    public long LastInstructions => _counter.BetweenLastMarks();

    /// <summary>Estimated cycles of the last run, slice or step (ports/qemu-count/README.md); null for cores without a model of them.</summary>
    /// <exception cref="InvalidOperationException">Nothing has been run yet.</exception>
    public long? LastCycles => Target.HasCycleModel ? _counter.CyclesBetweenLastMarks() : null;

    /// <summary>Deepest use of the core's stack since its reset, in bytes; asks the core.</summary>
    /// <exception cref="EmulatorException">The core does not answer.</exception>
    public int StackBytes => new ReplyReader(_link.Exchange(CoreRequest.Stack)).ReadInt32();

    /// <inheritdoc/>
    public void Run(short[] window, sbyte[] output)
    {
        ArgumentNullException.ThrowIfNull(window);
        Run(MemoryMarshal.AsBytes<short>(window), output);
    }

    /// <inheritdoc/>
    public void Run(sbyte[] window, sbyte[] output)
    {
        ArgumentNullException.ThrowIfNull(window);
        Run(MemoryMarshal.AsBytes<sbyte>(window), output);
    }

    /// <summary>Runs one window of the values that the model takes.</summary>
    /// <param name="window">[WindowSamples * ChannelCount] values, short or sbyte.</param>
    /// <param name="output">[OutputCount].</param>
    /// <exception cref="TransformerException">The window or the output has the wrong length.</exception>
    /// <exception cref="EmulatorException">The core does not answer.</exception>
    public void Run(Array window, sbyte[] output)
    {
        ArgumentNullException.ThrowIfNull(window);
        Run(BytesOf(window, 0, window.Length), output);
    }

    /// <summary>Runs one window operator by operator, or group by group, and counts each for itself.</summary>
    /// <param name="window">[WindowSamples * ChannelCount] values, short or sbyte as the model takes them.</param>
    /// <param name="output">[OutputCount].</param>
    /// <exception cref="TransformerException">The window or the output has the wrong length.</exception>
    /// <exception cref="EmulatorException">The core does not answer.</exception>
    public IReadOnlyList<CountedSlice> RunCounted(Array window, sbyte[] output)
    {
        ArgumentNullException.ThrowIfNull(window);
        byte[] answer = Exchange(CoreRequest.RunMarked, BytesOf(window, 0, window.Length), output);
        var reader = new ReplyReader(answer);
        reader.Take(output.Length);
        int pairs = (answer.Length - output.Length) / sizeof(int) - 1;
        long[] instructions = _counter.BetweenLastPairs(pairs);
        long[]? cycles = Target.HasCycleModel ? _counter.CyclesBetweenLastPairs(pairs) : null;
        var slices = new CountedSlice[instructions.Length];
        int operators = reader.ReadInt32();
        int before = operators;
        for (int i = 0; i < slices.Length; i++)
        {
            int after = reader.ReadInt32();
            slices[i] = new CountedSlice(operators - before, before - after, instructions[i], cycles?[i]);
            before = after;
        }

        CopyOutput(answer, output);
        return slices;
    }

    /// <inheritdoc/>
    public void BeginStream() => _link.Exchange(CoreRequest.Stream);

    /// <inheritdoc/>
    public int Step(Array samples, int offset, int count, sbyte[] output)
    {
        ArgumentNullException.ThrowIfNull(samples);
        byte[] answer = Exchange(CoreRequest.Step, BytesOf(samples, offset, count), output);
        var reader = new ReplyReader(answer);
        reader.Take(output.Length);
        int steps = reader.ReadInt32();
        if (steps > 0)
        {
            CopyOutput(answer, output);
        }

        return steps;
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

    private void Run(ReadOnlySpan<byte> window, sbyte[] output) => CopyOutput(Exchange(CoreRequest.Run, window, output), output);

    /// <summary>A request whose answer starts with an output of the right length.</summary>
    private byte[] Exchange(CoreRequest request, ReadOnlySpan<byte> values, sbyte[] output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (output.Length != Info.OutputCount)
        {
            throw new TransformerException(EngineStatus.WrongShape);
        }

        return _link.Exchange(request, values);
    }

    private static byte[] BytesOf(Array values, int offset, int count)
    {
        int valueBytes = values is short[]? sizeof(short) : sizeof(sbyte);
        byte[] bytes = new byte[count * valueBytes];
        Buffer.BlockCopy(values, offset * valueBytes, bytes, 0, bytes.Length);
        return bytes;
    }

    private static void CopyOutput(byte[] answer, sbyte[] output)
    {
        var reader = new ReplyReader(answer);
        MemoryMarshal.Cast<byte, sbyte>(reader.Take(output.Length)).CopyTo(output);
    }

    private CoreHello SayHello()
    {
        var reader = new ReplyReader(_link.Exchange(CoreRequest.Hello));
        int version = reader.ReadInt32();
        if (version != ProtocolVersion)
        {
            throw new EmulatorException($"The core speaks version {version} of the protocol, not {ProtocolVersion}.");
        }

        uint coreId = (uint)reader.ReadInt32();
        int arenaCapacity = reader.ReadInt32();
        int maxPayload = reader.ReadInt32();
        int engineBytes = reader.ReadInt32();
        return new CoreHello(coreId, arenaCapacity, maxPayload, engineBytes, reader.ReadTexts(reader.ReadInt32()));
    }
}

/// <summary>What an emulated core says about itself.</summary>
/// <param name="CoreId">
/// Arm: the CPUID register, whose bits 4 to 15 are the part number, such as 0xC24 for the Cortex-M4. RISC-V: the register misa. Xtensa: CONFIGID1.
/// </param>
/// <param name="ArenaCapacity">Bytes of its static arena.</param>
/// <param name="MaxPayload">Largest payload of a frame in bytes.</param>
/// <param name="EngineBytes">Bytes of flash that the engine's code and constants take, without the port.</param>
/// <param name="Backends">Names of the kernels it was built with, fastest first.</param>
public sealed record CoreHello(uint CoreId, int ArenaCapacity, int MaxPayload, int EngineBytes, IReadOnlyList<string> Backends);

/// <summary>A slice of a run, counted for itself.</summary>
/// <param name="FirstOperator">Index of its first operator in the model.</param>
/// <param name="Operators">How many operators it ran: one, or those of a group.</param>
/// <param name="Instructions">Instructions of <c>nf_session_continue</c> and, fewer than a dozen, its call between two marks.</param>
/// <param name="Cycles">Their estimated cycles; null for cores without a model of them.</param>
public sealed record CountedSlice(int FirstOperator, int Operators, long Instructions, long? Cycles);
