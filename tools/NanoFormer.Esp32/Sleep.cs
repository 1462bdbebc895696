using System;
using NanoFormer.Board;

// The names are nanoFramework's.
#pragma warning disable CA1707, CA1720
namespace nanoFramework.Hardware.Esp32;

/// <summary>What ESP-IDF answers.</summary>
internal enum EspNativeError
{
    OK = 0,
}

/// <summary>The members of nanoFramework's class that the firmware uses, on the simulated chip of this thread.</summary>
internal static class Sleep
{
    [ThreadStatic]
    private static SimulatedEsp32 _chip;

    internal enum WakeupMode
    {
        AnyHigh = 1,
    }

    internal enum WakeupCause
    {
        Undefined = 0,
        Ext0 = 2,
        Ext1 = 3,
        Timer = 4,
    }

    [Flags]
    internal enum WakeupGpioPin : ulong
    {
        None = 0,
    }

    internal static void Use(SimulatedEsp32 chip) => _chip = chip;

    internal static EspNativeError EnableWakeupByTimer(TimeSpan time)
    {
        _chip.EnableTimer((long)time.TotalMicroseconds);
        return EspNativeError.OK;
    }

    internal static EspNativeError EnableWakeupByPin(WakeupGpioPin pin, int level)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(level, 1);
        _chip.EnableExt0((int)ulong.Log2((ulong)pin));
        return EspNativeError.OK;
    }

    internal static EspNativeError EnableWakeupByMultiPins(WakeupGpioPin pins, WakeupMode mode) => throw new NotSupportedException();

    internal static EspNativeError StartLightSleep()
    {
        _chip.SleepLightly();
        return EspNativeError.OK;
    }

    internal static void StartDeepSleep() => _chip.SleepDeeply();

    internal static WakeupCause GetWakeupCause() => _chip.WokenBy switch
    {
        Esp32Wake.Ext0 => WakeupCause.Ext0,
        Esp32Wake.Timer => WakeupCause.Timer,
        _ => WakeupCause.Undefined,
    };
}
