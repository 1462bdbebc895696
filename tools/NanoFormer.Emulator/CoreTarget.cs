namespace NanoFormer.Emulator;

/// <summary>A core that QEMU emulates.</summary>
/// <param name="Name">Name of the core and of its CMake preset, such as <c>cortex-m4</c>.</param>
/// <param name="Emulator">QEMU's program for its architecture.</param>
/// <param name="Machine">QEMU's board with that core.</param>
/// <param name="CodeBase">Address of the memory that holds the program.</param>
/// <param name="BlobBase">Address of the memory that stands for the flash with the model image.</param>
/// <param name="Objdump">Program that disassembles for it.</param>
/// <param name="InstructionsPerTick">Instructions in a tick of its own counter (ports/qemu/yardstick.h), at a nanosecond each.</param>
/// <param name="Cpu">QEMU's name of the core, where the board can have several; null where it has one.</param>
public sealed record CoreTarget(string Name, string Emulator, string Machine, uint CodeBase, uint BlobBase, string Objdump, double InstructionsPerTick, string? Cpu = null)
{
    private const string QemuArm = "qemu-system-arm";
    private const string QemuRiscV = "qemu-system-riscv32";
    private const string QemuXtensa = "qemu-system-xtensa";
    private const string ObjdumpArm = "arm-none-eabi-objdump";
    private const string ObjdumpRiscV = "riscv64-unknown-elf-objdump";
    private const string ObjdumpXtensa = "xtensa-lx106-elf-objdump";
    private const uint MarkOffset = 0x40;

    /// <summary>Cortex-M4 on the MPS2 board with FPGA image AN386.</summary>
    public static CoreTarget CortexM4 { get; } = new("cortex-m4", QemuArm, "mps2-an386", 0, 0x2100_0000, ObjdumpArm, 40);

    /// <summary>Cortex-M7 on the MPS2 board with FPGA image AN500.</summary>
    public static CoreTarget CortexM7 { get; } = new("cortex-m7", QemuArm, "mps2-an500", 0, 0x6000_0000, ObjdumpArm, 40);

    /// <summary>Cortex-M33 on the MPS2 board with FPGA image AN505.</summary>
    public static CoreTarget CortexM33 { get; } = new("cortex-m33", QemuArm, "mps2-an505", 0x1000_0000, 0x8000_0000, ObjdumpArm, 50);

    /// <summary>Cortex-M55, with Helium, on the MPS3 board with FPGA image AN547.</summary>
    public static CoreTarget CortexM55 { get; } = new("cortex-m55", QemuArm, "mps3-an547", 0, 0x6000_0000, ObjdumpArm, 31.25);

    /// <summary>RISC-V RV32IMC, as in an ESP32-C3, on QEMU's generic board.</summary>
    public static CoreTarget Rv32 { get; } = new("rv32", QemuRiscV, "virt", 0x8000_0000, 0x8400_0000, ObjdumpRiscV, 1);

    /// <summary>Xtensa with what an ESP32 has and the kernels use, on the board LX60.</summary>
    public static CoreTarget Xtensa { get; } = new("xtensa", QemuXtensa, "lx60", 0x0100_0000, 0x0200_0000, ObjdumpXtensa, 100, "dc233c");

    /// <summary>Every core there is a build for.</summary>
    public static IReadOnlyList<CoreTarget> All { get; } = [CortexM4, CortexM7, CortexM33, CortexM55, Rv32, Xtensa];

    /// <summary>Whether its fastest kernels are the dsp ones, which read an image's packed section.</summary>
    public bool ReadsPacked => this == CortexM4 || this == CortexM7 || this == CortexM33;

    /// <summary>Whether the counter estimates its cycles, too (ports/qemu-count/README.md).</summary>
    public bool HasCycleModel => this != CortexM33 && this != CortexM55;

    /// <summary>Address of the marker that the instruction counter watches for.</summary>
    public uint MarkAddress => CodeBase + MarkOffset;

    /// <summary>The core's name.</summary>
    public override string ToString() => Name;
}
