namespace NanoFormer.Emulator;

/// <summary>A Cortex-M core that QEMU emulates.</summary>
/// <param name="Name">Name of the core and of its CMake preset, such as <c>cortex-m4</c>.</param>
/// <param name="Machine">QEMU's board with that core.</param>
/// <param name="BlobBase">Address of the board's PSRAM, which stands for the flash with the model image.</param>
public sealed record CoreTarget(string Name, string Machine, uint BlobBase)
{
    /// <summary>Cortex-M4 on the MPS2 board with FPGA image AN386.</summary>
    public static CoreTarget CortexM4 { get; } = new("cortex-m4", "mps2-an386", 0x2100_0000);

    /// <summary>Cortex-M7 on the MPS2 board with FPGA image AN500.</summary>
    public static CoreTarget CortexM7 { get; } = new("cortex-m7", "mps2-an500", 0x6000_0000);

    /// <summary>Every core there is a build for.</summary>
    public static IReadOnlyList<CoreTarget> All { get; } = [CortexM4, CortexM7];

    /// <summary>The core's name.</summary>
    public override string ToString() => Name;
}
