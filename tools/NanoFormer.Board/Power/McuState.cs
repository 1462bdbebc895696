namespace NanoFormer.Board;

/// <summary>Power states of the processor.</summary>
public enum McuState
{
    /// <summary>Running code.</summary>
    Run,

    /// <summary>Core stopped, clocks on: short waits while capturing.</summary>
    LightSleep,

    /// <summary>Deepest state that keeps memory and wakes by a pin: waiting for motion.</summary>
    DeepSleep,
}
