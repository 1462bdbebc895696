using NanoFormer.Data.Discovery;

namespace NanoFormer.Cli.New;

/// <summary>What was chosen, one line per choice.</summary>
internal static class NewReport
{
    private const int NameWidth = 16;

    /// <summary>Writes the choices.</summary>
    public static void Write(NewPlan plan)
    {
        foreach (var choice in plan.Choices)
        {
            Write(choice);
        }

        Console.Out.WriteLine($"written: {plan.ConfigPath}, {plan.WindowsFolder}");
    }

    /// <summary>Writes how to go on.</summary>
    public static void WriteNext(NewPlan plan)
    {
        Console.Out.WriteLine($"""

            Is that right? The same command with --yes trains, judges and writes a report. Or step by step:
              ./run train {plan.ConfigPath} --dataset {plan.WindowsFolder} --out {Path.Combine(plan.Request.Folder, "model")} --seeds {plan.Request.Seeds}
              ./run evaluate {Path.Combine(plan.Request.Folder, "model")} --dataset {plan.WindowsFolder} --html {Path.Combine(plan.Request.Folder, "report.html")}
            """);
    }

    /// <summary>Writes one choice.</summary>
    public static void Write(Choice choice) => Console.Out.WriteLine($"{(choice.What + ":").PadRight(NameWidth)} {choice.Value}  ({choice.Why})");
}
