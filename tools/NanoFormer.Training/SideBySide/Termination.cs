using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NanoFormer.Training.SideBySide;

/// <summary>Asks another program to stop.</summary>
internal static class Termination
{
    private const int Sigterm = 15;

    /// <summary>Sends SIGTERM to a child of this program; does nothing where there are no signals, or when the child has ended.</summary>
    public static void Ask(Process child)
    {
        if (!OperatingSystem.IsWindows() && !child.HasExited)
        {
            _ = Kill(child.Id, Sigterm);
        }
    }

    /// <summary>kill(2).</summary>
    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
