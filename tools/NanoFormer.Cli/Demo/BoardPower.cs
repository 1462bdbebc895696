using System.Device.Gpio;
using NanoFormer.Board;
using NanoFormer.Esp32;
using NanoFormer.Runtime;

namespace NanoFormer.Cli.Demo;

/// <summary>The sleeps of a simulated board; they also end with the recording, so that the firmware can be stopped.</summary>
internal sealed class BoardPower : IPower
{
    private readonly SimulatedBoard _board;
    private readonly long _endMicroseconds;
    private readonly IPower? _chip;
    private StartCause _startCause;

    /// <summary>On an ESP32 the sleeps are the firmware's own for it.</summary>
    public BoardPower(SimulatedBoard board, long endMicroseconds)
    {
        _board = board;
        _endMicroseconds = endMicroseconds;
        if (board.Esp32 is { } chip)
        {
            chip.EndMicroseconds = endMicroseconds;
            _chip = Esp32Sleeps.Of(board);
        }
    }

    /// <summary>Charge drawn while asleep, in mAh.</summary>
    public double AsleepMilliampHours { get; private set; }

    /// <summary>Time asleep, in microseconds, however deeply.</summary>
    public long AsleepMicroseconds { get; private set; }

    private long SleepingMicroseconds => _board.Power.Microseconds(McuState.LightSleep) + _board.Power.Microseconds(McuState.DeepSleep);

    public StartCause StartCause => _chip?.StartCause ?? _startCause;

    public long RealTimeMilliseconds => _board.Clock.Microseconds / 1000;

    public bool SleepUntilInterrupt(int timeoutMilliseconds) =>
        Sleep(timeoutMilliseconds, limit => _chip is null
            ? _board.SleepUntilPin(SimulatedBoard.InterruptPin, PinValue.High, limit)
            : _chip.SleepUntilInterrupt(timeoutMilliseconds));

    /// <summary>Sleeps as deeply as the board can; the caller builds the application again, as a boot would.</summary>
    public bool PowerDown(int timeoutMilliseconds, bool untilInterrupt)
    {
        bool woken = Sleep(timeoutMilliseconds, limit =>
        {
            if (_chip is not null)
            {
                return _chip.PowerDown(timeoutMilliseconds, untilInterrupt);
            }

            if (untilInterrupt)
            {
                return _board.SleepUntilPin(SimulatedBoard.InterruptPin, PinValue.High, limit);
            }

            _board.Sleep(limit, McuState.DeepSleep);
            return false;
        });
        _startCause = woken ? StartCause.Interrupt : StartCause.Timer;
        return true;
    }

    private bool Sleep(int timeoutMilliseconds, Func<long, bool> sleep)
    {
        long left = Math.Max(0, _endMicroseconds - _board.Clock.Microseconds);
        double before = _board.Power.MilliampHours;
        long sleptBefore = SleepingMicroseconds;
        bool woken = sleep(Math.Min(timeoutMilliseconds * 1000L, left));
        AsleepMilliampHours += _board.Power.MilliampHours - before;
        AsleepMicroseconds += SleepingMicroseconds - sleptBefore;
        return woken;
    }
}
