namespace NanoFormer.Emulator;

/// <summary>What an emulated core says about itself.</summary>
/// <param name="CoreId">
/// Arm: the CPUID register, whose bits 4 to 15 are the part number, such as 0xC24 for the Cortex-M4. RISC-V: the register misa. Xtensa: CONFIGID1.
/// </param>
/// <param name="ArenaCapacity">Bytes of its static arena.</param>
/// <param name="MaxPayload">Largest payload of a frame in bytes.</param>
/// <param name="EngineBytes">Bytes of flash that the engine's code and constants take, without the port.</param>
/// <param name="Backends">Names of the kernels it was built with, fastest first.</param>
public sealed record CoreHello(uint CoreId, int ArenaCapacity, int MaxPayload, int EngineBytes, IReadOnlyList<string> Backends);
