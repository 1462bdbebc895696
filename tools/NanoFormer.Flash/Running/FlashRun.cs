using NanoFormer.Files;

namespace NanoFormer.Flash;

/// <summary>Carries out a plan.</summary>
public static class FlashRun
{
    /// <summary>Requires that the port is named, if the board is flashed over one.</summary>
    /// <exception cref="FlashException">It is not.</exception>
    public static void RequirePort(FlashRequest request)
    {
        if (request is { Board.Family: BoardFamily.Esp32, Port: null })
        {
            throw new FlashException(
                FlashError.NoPort,
                $"{request.Board.Id} is flashed over a serial port: name it with --port. '{Nanoff.Name} --listports' lists them.");
        }
    }

    /// <summary>Runs the commands, one after the other; stops at the first that fails.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="nanoff">The flasher.</param>
    /// <param name="output">Takes the flasher's output; null lets it write where this process does.</param>
    /// <exception cref="FlashException">No port was named, or a step failed.</exception>
    public static void Write(FlashPlan plan, Nanoff nanoff, TextWriter? output)
    {
        RequirePort(plan.Request);
        if (plan.TableImage is { } table)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(table.Path))!);
            AtomicFile.WriteAllBytes(table.Path, table.Bytes);
        }

        foreach (var step in plan.Steps)
        {
            nanoff.Run(step, output);
        }
    }

    /// <summary>Reads the boot record back.</summary>
    /// <param name="plan">What was written.</param>
    /// <param name="written">When the flasher had ended, on the clock of <see cref="BoardLine.Milliseconds"/>.</param>
    /// <param name="lines">The lines of the board's log, ending when it is time to give up.</param>
    /// <exception cref="FlashException">It did not come, or names another application or model or an error.</exception>
    public static BootReport Verify(FlashPlan plan, long written, IEnumerable<BoardLine> lines)
    {
        var watch = new BootWatch(plan, written);
        foreach (var line in lines)
        {
            if (watch.Take(line) is { } report)
            {
                return report;
            }
        }

        throw watch.Failure();
    }
}
