using System.Numerics;
using NanoFormer.Interop;

namespace NanoFormer.Board.Tests;

public sealed class CapturePortTests
{
    private const int Data = 0x74;
    private const int SampleBytes = 12;

    /// <summary>Bus and work on what was read take half a millisecond and more here; the producer must not be called meanwhile.</summary>
    [Fact]
    public void An_alarm_waits_for_the_end_of_a_read_and_of_the_work_on_it()
    {
        using var board = new SimulatedBoard(FunctionMotion.Constant(Vector3.UnitZ));
        var port = new SimulatedCapturePort(board, new CaptureSettings { DataRegister = Data, SampleBytes = SampleBytes });
        byte[] samples = new byte[16 * SampleBytes];
        long before = port.Microseconds;
        port.Read(Data, samples);
        long length = port.Microseconds - before;
        int rung = 0;
        bool reading = false;

        for (long delay = 1; delay <= length; delay++)
        {
            port.SetAlarm(port.Microseconds + delay, () =>
            {
                Assert.False(reading, $"rung {delay} of {length} us after the beginning");
                rung++;
            });
            reading = true;
            port.Read(Data, samples);
            reading = false;
            port.Rest(port.Microseconds + 1000);
        }

        Assert.InRange(length, 500, 10_000);
        Assert.Equal(length, rung);
    }
}
