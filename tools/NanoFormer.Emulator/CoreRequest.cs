namespace NanoFormer.Emulator;

/// <summary>Requests of the core's protocol (native-interop/ports/qemu/PROTOCOL.md).</summary>
public enum CoreRequest : byte
{
    /// <summary>Protocol version, core, capacities, backends.</summary>
    Hello = 1,

    /// <summary>Validate the image in flash and open a session with a backend.</summary>
    Open,

    /// <summary>What the image says about itself.</summary>
    Info,

    /// <summary>Run one window.</summary>
    Run,

    /// <summary>Run the image's test vectors.</summary>
    SelfTest,

    /// <summary>Deepest use of the stack.</summary>
    Stack,

    /// <summary>Run one window, with a mark before and after each slice.</summary>
    RunMarked,

    /// <summary>Begin a stream.</summary>
    Stream,

    /// <summary>Feed the stream.</summary>
    Step,
}
