using System.CommandLine;
using NanoFormer.Cli.Engines;
using NanoFormer.Cli.Models;
using NanoFormer.Cli.Reports;
using NanoFormer.Data;

namespace NanoFormer.Cli.Commands;

/// <summary><c>evaluate MODEL --dataset DIR</c>: a model's accuracy, recomputed by an integer engine, beside what its card says.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var model = ModelFile.Argument();
        var dataset = new Option<string>("--dataset") { Description = "Folder of a packed data set with windows.", Required = true };
        var split = new Option<string>("--split") { Description = "Part of the data set.", DefaultValueFactory = _ => "test" };
        split.AcceptOnlyFromAmong("train", "test");
        var core = EngineFactory.Option(EngineFactory.Host);
        var json = new Option<bool>("--json") { Description = "Write one JSON object instead of tables." };
        var command = new Command("evaluate", "Recompute a model's accuracy with an integer engine.") { model, dataset, split, core, json };
        command.SetAction(parse => Run(
            ModelFile.Load(parse.GetRequiredValue(model)),
            PackedDataset.Open(parse.GetRequiredValue(dataset)),
            parse.GetRequiredValue(split),
            parse.GetRequiredValue(core),
            parse.GetValue(json)));
        return command;
    }

    private static int Run(ModelFile model, PackedDataset dataset, string split, string core, bool json)
    {
        if (!dataset.HasWindows)
        {
            throw new CommandFailure("NO_WINDOWS", $"'{dataset.Name}' holds recordings, not windows with an official split.");
        }
        using var engine = EngineFactory.Open(core, model.Image);
        var windows = dataset.ReadWindows(split);
        var matrix = Progress.Run("windows", windows.Count, json, done => WindowEvaluation.Run(engine, windows, done));
        var report = new EvaluationReport(engine.Info, dataset.Name, split, core, matrix, CardAccuracy.Read(model, dataset.Name, split));
        if (json)
        {
            JsonOutput.Write(report.Json());
        }
        else
        {
            report.Draw(windows.ClassNames);
        }
        return report.EqualsCard == false ? 1 : 0;
    }
}
