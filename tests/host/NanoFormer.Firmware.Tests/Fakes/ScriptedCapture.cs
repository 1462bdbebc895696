using NanoFormer.Interop;

namespace NanoFormer.Firmware.Tests.Fakes;

/// <summary>A native path that finds what a test says, one event per wait, and after the last one nothing.</summary>
internal sealed class ScriptedCapture : ICaptureSource
{
    public const int PeriodMicroseconds = 10_000;
    public const int StepsPerG = 8192;

    private readonly Queue<(CaptureEvent Found, Action<long[]> Facts, short X, short Z)> _script = [];

    private bool _isStopped;

    public int ChannelCount => 6;

    /// <summary>Whether what the script has left when the capture stops is still in the ring.</summary>
    public bool KeepsRing { get; init; }

    public short[] Window { get; } = new short[FakeEngine.WindowSamples * 6];

    /// <summary>A window in which acceleration along x changes or not.</summary>
    /// <param name="moves">Whether it does.</param>
    /// <param name="isStill">Whether the path calls it still.</param>
    /// <param name="frozen">Bit v is set when value v did not change.</param>
    /// <param name="gravity">Acceleration of the newest sample along z, in g.</param>
    public void AddWindow(bool moves, bool isStill = false, int frozen = 0, double gravity = 1) => _script.Enqueue((CaptureEvent.Window, facts =>
    {
        facts[5] = isStill ? 1 : 0;
        facts[15] = frozen;
        facts[18] = (long)(gravity * StepsPerG);
    }, (short)(moves ? 1000 : 0), 0));

    /// <summary>Windows in which acceleration along z is this much higher once, in steps.</summary>
    public void AddWindows(int count, short height, int frozen = 0)
    {
        for (int i = 0; i < count; i++)
        {
            _script.Enqueue((CaptureEvent.Window, facts => (facts[15], facts[18]) = (frozen, StepsPerG), 0, height));
        }
    }

    /// <summary>A gap in time, and the samples that are known to be lost in it.</summary>
    public void AddGap(int microseconds, int atLeast, int atMost) => _script.Enqueue((CaptureEvent.Gap, facts =>
    {
        facts[3] = microseconds;
        facts[7] = atLeast;
        facts[8] = atMost;
        facts[9] = (long)CaptureLosses.FifoOverflow;
    }, 0, 0));

    public void Start() => _isStopped = false;

    public void Stop() => _isStopped = true;

    public CaptureEvent Wait(int milliseconds, long[] facts)
    {
        Array.Clear(facts);
        facts[14] = PeriodMicroseconds * 1000;
        if ((_isStopped && !KeepsRing) || !_script.TryDequeue(out var next))
        {
            return CaptureEvent.Nothing;
        }

        facts[0] = (long)next.Found;
        next.Facts(facts);
        (Window[0], Window[2]) = (next.X, next.Z);
        return next.Found;
    }

    public void GetBias(int[] bias) => Array.Clear(bias);

    public void SetBias(int[] bias)
    {
    }

    public void GetTotals(long[] numbers) => Array.Clear(numbers);

    public void Dispose()
    {
    }
}
