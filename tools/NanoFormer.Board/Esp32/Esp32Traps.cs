namespace NanoFormer.Board;

/// <summary>What an ESP32 does in its sleeps that other processors do not. The chip does both; one alone shows what follows from it.</summary>
[Flags]
public enum Esp32Traps
{
    /// <summary>None: as one might think it works.</summary>
    None = 0,

    /// <summary>The pad of a pin that may end a sleep reads low afterwards, until the pin's mode is set again.</summary>
    RtcPad = 1,

    /// <summary>The UART stands still in light sleep; what it has not sent leaves after the wake-up.</summary>
    SuspendedUart = 2,

    /// <summary>The chip as it is.</summary>
    All = RtcPad | SuspendedUart,
}
