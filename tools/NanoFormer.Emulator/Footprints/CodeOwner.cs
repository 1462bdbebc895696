namespace NanoFormer.Emulator.Footprints;

/// <summary>The part of a program that a piece of code belongs to.</summary>
public enum CodeOwner
{
    /// <summary>The port, the compiler's helpers.</summary>
    Other,

    /// <summary>Image reader, validator, sessions.</summary>
    Engine,

    /// <summary>What runs operator after operator.</summary>
    OperatorLoop,

    /// <summary>A kind of operator.</summary>
    Kind,

    /// <summary>A kernel or a table of kernels.</summary>
    Kernel,

    /// <summary>Attention composed of two kernels.</summary>
    ComposedAttention,
}
