using System.Device.Gpio;
using NanoFormer.Board;
using NanoFormer.Esp32;
using NanoFormer.Runtime;

namespace NanoFormer.Cli.Tests.Firmware;

/// <summary>The firmware's sleeps of an ESP32 ask the chip what woke it: the pin tells only how it stands now.</summary>
public class Esp32SleepTests
{
    private const long Woken = 1_000_000;
    private const long Pulse = 50; // of an interrupt pin that is not latched, in microseconds

    [Theory]
    [InlineData(Esp32Traps.None)]
    [InlineData(Esp32Traps.All)]
    public void Pulse_that_is_over_when_the_program_goes_on_has_woken_it(Esp32Traps traps)
    {
        using var board = Board(traps);
        var power = Esp32Sleeps.Of(board);
        board.Clock.Schedule(Woken, () => board.Pins.Force(SimulatedBoard.InterruptPin, PinValue.High));
        board.Clock.Schedule(Woken + Pulse, () => board.Pins.Force(SimulatedBoard.InterruptPin, null));

        Assert.True(power.SleepUntilInterrupt(5000));
        Assert.InRange(board.Clock.Microseconds, Woken, Woken + 1000);
        Assert.Equal(StartCause.Interrupt, power.StartCause);
    }

    [Fact]
    public void Pin_that_rises_after_the_timer_has_not_woken_it()
    {
        using var board = Board(Esp32Traps.All);
        var power = Esp32Sleeps.Of(board);
        board.Clock.Schedule(Woken + Pulse, () => board.Pins.Force(SimulatedBoard.InterruptPin, PinValue.High));

        Assert.False(power.SleepUntilInterrupt((int)(Woken / 1000)));
        Assert.Equal(StartCause.Timer, power.StartCause);
        Assert.True(power.SleepUntilInterrupt(5000));
    }

    // The firmware's own code takes no time here.
    private static SimulatedBoard Board(Esp32Traps traps)
    {
        var board = new SimulatedBoard(new SyntheticWearer(1), new() { BoardId = "esp32", Esp32 = traps });
        board.Clock.BeforeAdvance = null;
        return board;
    }
}
