namespace NanoFormer.Board;

/// <summary>What ended an ESP32's sleep.</summary>
public enum Esp32Wake
{
    /// <summary>It has not slept.</summary>
    None,

    /// <summary>A pin.</summary>
    Ext0,

    /// <summary>The timer.</summary>
    Timer,
}
