namespace NanoFormer.Flash;

/// <summary>Checks the ports that a user names.</summary>
public static class SerialPortName
{
    /// <summary>Requires that both have a name and are not the same port.</summary>
    /// <param name="port">The flasher's; null when none is named.</param>
    /// <param name="logPort">The log's; null when none is named.</param>
    /// <exception cref="FlashException">They do not.</exception>
    public static void Check(string? port, string? logPort)
    {
        foreach (var (option, name) in new[] { ("--port", port), ("--log-port", logPort) })
        {
            if (name is not null && string.IsNullOrWhiteSpace(name))
            {
                throw new FlashException(FlashError.BadPort, $"{option} is empty: name a port, such as COM3 or /dev/ttyUSB0.");
            }
        }

        if (port is not null && logPort is not null && Device(port).Equals(Device(logPort), Comparison))
        {
            throw new FlashException(
                FlashError.BadPort,
                $"--log-port names the flasher's own port, '{port}': the log arrives at another, that of the adapter at the board's log pins.");
        }
    }

    private static StringComparison Comparison =>
        OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>What a name stands for: /dev/serial/by-id holds links.</summary>
    private static string Device(string port) =>
        File.Exists(port) ? File.ResolveLinkTarget(port, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(port) : port;
}
