namespace NanoFormer.Emulator;

/// <summary>What an emulated core says about itself.</summary>
/// <param name="CpuId">Its CPUID register: bits 4 to 15 are the part number, 0xC24 Cortex-M4, 0xC27 Cortex-M7.</param>
/// <param name="ArenaCapacity">Bytes of its static arena.</param>
/// <param name="MaxPayload">Largest payload of a frame in bytes.</param>
/// <param name="EngineBytes">Bytes of flash that the engine's code and constants take, without the port.</param>
public sealed record CoreHello(uint CpuId, int ArenaCapacity, int MaxPayload, int EngineBytes);
