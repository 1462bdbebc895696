using Spectre.Console;

namespace NanoFormer.Cli.Reports;

/// <summary>A progress bar on standard error, so that it never mixes with results; silent where nobody watches.</summary>
internal static class Progress
{
    /// <summary>Runs work that tells how many of <paramref name="total"/> steps are done.</summary>
    public static T Run<T>(string name, int total, bool quiet, Func<Action<int>, T> work)
    {
        if (quiet || Console.IsErrorRedirected)
        {
            return work(_ => { });
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress().AutoClear(true).Start(context =>
        {
            var task = context.AddTask(name, maxValue: total);
            return work(done => task.Value = done);
        });
    }
}
