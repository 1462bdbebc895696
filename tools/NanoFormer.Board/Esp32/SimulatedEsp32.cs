using System.Device.Gpio;

namespace NanoFormer.Board;

/// <summary>
/// An ESP32's sleeps on a simulated board (ESP-IDF, sleep_modes.rst). Wake-up sources stay enabled once they are. A pin that may end a
/// light sleep gives its pad to the RTC: it reads low afterwards until its mode is set again. A UART stands still in a light sleep.
/// </summary>
public sealed class SimulatedEsp32
{
    private const int NoPin = -1;
    private const long WakeUpMicroseconds = 500; // the data sheet: less than a millisecond

    private readonly SimulatedBoard _board;
    private readonly Esp32Traps _traps;
    private long _timerMicroseconds = -1;
    private int _pin = NoPin;

    internal SimulatedEsp32(SimulatedBoard board, Esp32Traps traps)
    {
        _board = board;
        _traps = traps;
    }

    /// <summary>The shortest pause that the firmware's clock spends in light sleep, in milliseconds.</summary>
    public const int ShortestLightSleepMilliseconds = 20;

    /// <summary>Pauses end here at the latest, for the recording does: in microseconds.</summary>
    public long EndMicroseconds { get; set; } = long.MaxValue;

    /// <summary>What ended the last sleep.</summary>
    public Esp32Wake WokenBy { get; private set; }

    /// <summary>Lets a timer end the sleeps from now on.</summary>
    public void EnableTimer(long microseconds) => _timerMicroseconds = microseconds;

    /// <summary>Lets a pin that is high end the sleeps from now on (EXT0).</summary>
    public void EnableExt0(int pin) => _pin = pin;

    /// <summary>Sleeps with the memory kept.</summary>
    public void SleepLightly() => Sleep(McuState.LightSleep);

    /// <summary>Sleeps without; the program must start again. UARTs are emptied first, and pads belong to the GPIO matrix after it.</summary>
    public void SleepDeeply()
    {
        _board.Serial.Flush();
        Sleep(McuState.DeepSleep);
        _board.Pins.TakeBackFromRtc(_pin);
        (_timerMicroseconds, _pin) = (-1, NoPin);
    }

    private void Sleep(McuState state)
    {
        long left = Math.Max(0, EndMicroseconds - _board.Clock.Microseconds);
        long limit = _timerMicroseconds < 0 ? left : Math.Min(left, _timerMicroseconds);
        if (_pin != NoPin && (_traps & Esp32Traps.RtcPad) != 0)
        {
            _board.Pins.GiveToRtc(_pin);
        }

        WokenBy = SleepUntilEvent(limit, state);
        _board.Compute(WakeUpMicroseconds); // a pulse may be over before the program goes on
    }

    private Esp32Wake SleepUntilEvent(long limit, McuState state)
    {
        if (_pin != NoPin)
        {
            return _board.SleepUntilPin(_pin, PinValue.High, limit, state) ? Esp32Wake.Ext0 : Esp32Wake.Timer;
        }

        _board.Sleep(limit, state);
        return Esp32Wake.Timer;
    }
}
