using System.Globalization;
using NanoFormer.Training.Phases;
using Spectre.Console;

namespace NanoFormer.Cli.Reports;

/// <summary>A bar for each phase of a training, with loss, accuracy and time left; plain lines where there is no terminal.</summary>
internal static class TrainingProgressBars
{
    private const int LinesAPhase = 10;

    /// <summary>Runs a training that reports its progress.</summary>
    public static T Run<T>(Func<IProgress<TrainingProgress>, T> training)
    {
        if (Console.IsErrorRedirected)
        {
            return training(new Reporter(WriteLine));
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var bars = new Dictionary<(string?, int?, TrainingPhase), ProgressTask>();
                return training(new Reporter(step => Draw(context, bars, step)));
            });
    }

    private static void Draw(ProgressContext context, Dictionary<(string?, int?, TrainingPhase), ProgressTask> bars, TrainingProgress step)
    {
        lock (bars)
        {
            if (!bars.TryGetValue((step.Split, step.Seed, step.Phase), out var bar))
            {
                bars[(step.Split, step.Seed, step.Phase)] = bar = context.AddTask(Markup.Escape(Describe(step)));
            }

            bar.Description = Markup.Escape(Describe(step));
            bar.MaxValue = step.Total;
            bar.Value = step.Done == step.Total ? step.Total : Math.Max(bar.Value % step.Total, step.Done);
        }
    }

    private static void WriteLine(TrainingProgress step)
    {
        int interval = Math.Max(1, step.Total / LinesAPhase);
        if (step.Done % interval == 0 || step.Done == step.Total)
        {
            Console.Error.WriteLine($"{Describe(step)} {step.Done} of {step.Total}");
        }
    }

    private static string Describe(TrainingProgress step)
    {
        string name = (step.Split is null ? "" : $"{step.Split}, ") + (step.Seed is null ? "" : $"seed {step.Seed}, ") + step.Phase.ToString().ToLowerInvariant();
        string loss = double.IsNaN(step.Loss) ? "" : string.Create(CultureInfo.InvariantCulture, $": loss {step.Loss:F3}");
        string accuracy = double.IsNaN(step.Accuracy) ? "" : string.Create(CultureInfo.InvariantCulture, $", accuracy {step.Accuracy:P1}");
        return name + loss + accuracy;
    }

    /// <summary>Calls back at once, on the caller's thread, unlike <see cref="Progress{T}"/>.</summary>
    private sealed class Reporter(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
