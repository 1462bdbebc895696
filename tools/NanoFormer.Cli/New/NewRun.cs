using System.Diagnostics;
using System.Globalization;
using NanoFormer.Cli.Commands;
using NanoFormer.Cli.Engines;
using NanoFormer.Cli.Evaluation;
using NanoFormer.Cli.Models;
using NanoFormer.Cli.Reports;
using NanoFormer.Data.Discovery;
using NanoFormer.Files;
using NanoFormer.Training;
using NanoFormer.Training.Cards;

namespace NanoFormer.Cli.New;

/// <summary>From the windows and configuration of a plan to a model, its evaluation, and a report.</summary>
internal static class NewRun
{
    /// <summary>Trains, judges, and writes the report.</summary>
    /// <returns>The exit code.</returns>
    public static int Execute(NewPlan plan, bool json)
    {
        var clock = Stopwatch.StartNew();
        string folder = Path.Combine(plan.Request.Folder, "model");
        EndWithInput.Watch();
        using var stop = new StopSignals();
        Choice? tried;
        ModelCard card;
        try
        {
            tried = ProposalTrials.Choose(plan, stop.Token);
            if (tried is not null && !json)
            {
                NewReport.Write(tried);
            }

            card = TrainingProgressBars.Run(progress => TrainingRun.Execute(new TrainingRequest
            {
                ConfigPath = plan.ConfigPath,
                Dataset = plan.WindowsFolder,
                OutputFolder = folder,
                Seed = 1,
                Seeds = plan.Request.Seeds,
                Resume = true,
                Program = ThisProgram.Start,
                Jobs = Environment.ProcessorCount,
                Pack = TargetDevice.Find(plan.Request.Board.Id).IsPackingWorth,
                Command = $"./run new {PortableText.Of(plan.Request.Source)} --yes",
                Warn = warning => Console.Error.WriteLine($"warning: {warning}"),
            }, progress, stop.Token));
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"stopped; the same command goes on from '{folder}'");
            return StopSignals.ExitCode;
        }

        var model = ModelFile.Load(folder);
        var config = model.ReadConfig();
        var data = EvaluationWindows.Load(config, plan.WindowsFolder, EvaluationWindows.TestSplit);
        var evaluation = new Evaluator(model, config, EngineFactory.Host, json).Evaluate(data);
        CardCosts.Write(folder, card, CardCosts.Measure(model.Image, evaluation.Costs));
        string page = Path.Combine(plan.Request.Folder, "report.html");
        AtomicFile.WriteAllText(page, EvaluationPage.Text(evaluation, DateOnly.FromDateTime(DateTime.Now)));
        if (json)
        {
            JsonOutput.Write(new { Choices = tried is null ? plan.Choices : [.. plan.Choices, tried], Config = plan.ConfigPath, Dataset = plan.WindowsFolder, Model = folder, Page = page, Evaluation = EvaluationJson.Of(evaluation) });
            return 0;
        }

        Console.Out.WriteLine();
        EvaluationReport.Draw(evaluation);
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""

            done in {clock.Elapsed.TotalMinutes:0.0} minutes: {page}
            to the board: ./run flash --board {plan.Request.Board.Id} --model {folder} --app APP.bin --dry-run
            better:       ./run search {plan.ConfigPath} --dataset {plan.WindowsFolder} --board {plan.Request.Board.Id} --out {Path.Combine(plan.Request.Folder, "search")}
            """));
        return 0;
    }
}
