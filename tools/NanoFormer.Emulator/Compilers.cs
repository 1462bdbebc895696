using System.Diagnostics;

namespace NanoFormer.Emulator;

/// <summary>The compilers that the emulated cores' programs are built with: another release gives other instructions.</summary>
public static class Compilers
{
    private static readonly string[] Programs = ["arm-none-eabi-gcc", "riscv64-unknown-elf-gcc", "xtensa-lx106-elf-gcc"];

    /// <summary>Names and versions, such as <c>arm-none-eabi-gcc 12.2.1</c>.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">One is not installed.</exception>
    public static string Versions() => string.Join(", ", Programs.Select(program => $"{program} {VersionOf(program)}"));

    private static string VersionOf(string program)
    {
        using var process = Process.Start(new ProcessStartInfo(program, ["-dumpfullversion"]) { RedirectStandardOutput = true })!;
        string version = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return version;
    }
}
