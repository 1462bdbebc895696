namespace NanoFormer.Emulator.Footprints;

/// <summary>One function of a linked program, as its machine code shows it. Static functions may share a name, so the address tells them apart.</summary>
/// <param name="Address">Where it starts.</param>
/// <param name="Name">Symbol.</param>
/// <param name="FrameBytes">Bytes by which it lowers the stack pointer, all its paths added up: never too few.</param>
/// <param name="Callees">Addresses it calls or jumps to outside itself.</param>
/// <param name="CallsPointers">Whether it calls through a register.</param>
public sealed record CodeFunction(uint Address, string Name, int FrameBytes, IReadOnlySet<uint> Callees, bool CallsPointers);
