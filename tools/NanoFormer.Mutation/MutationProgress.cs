namespace NanoFormer.Mutation;

/// <summary>How far a run is: one line that is rewritten in a terminal, a line per tenth elsewhere.</summary>
internal sealed class MutationProgress(TextWriter output, bool isTerminal)
{
    private int _tenth = -1;

    /// <summary>Shows a report that grows.</summary>
    public void Show(MutationReport report)
    {
        int tenth = report.All == 0 ? 10 : report.Tried * 10 / report.All;
        if (!isTerminal && tenth == _tenth)
        {
            return;
        }

        _tenth = tenth;
        string left = report.Tried == 0 || report.Tried == report.All
            ? ""
            : FormattableString.Invariant($", about {(report.Time * (report.All - report.Tried) / report.Tried).TotalMinutes:0.0} min left");
        string line = $"{report.Target}: {report.Tried} of {report.All} faults tried, {report.Survivors.Count} not noticed{left}";
        output.Write(isTerminal ? $"\r{line,-78}" : $"{line}\n");
        if (isTerminal && tenth == 10)
        {
            output.WriteLine();
        }
    }
}
