namespace NanoFormer.Emulator;

/// <summary>Requests of the core's protocol (native-interop/ports/mps2/PROTOCOL.md).</summary>
public enum CoreRequest : byte
{
    /// <summary>Protocol version, core, capacities.</summary>
    Hello = 1,

    /// <summary>Validate the image in flash and open a session.</summary>
    Open,

    /// <summary>What the image says about itself.</summary>
    Info,

    /// <summary>Run one window.</summary>
    Run,

    /// <summary>Run the image's test vectors.</summary>
    SelfTest,

    /// <summary>Deepest use of the stack.</summary>
    Stack,
}
