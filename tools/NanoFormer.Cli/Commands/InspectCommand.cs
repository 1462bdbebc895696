using System.CommandLine;
using NanoFormer.Cli.Models;
using NanoFormer.Cli.Reports;
using NanoFormer.Emulator;
using NanoFormer.Model;

namespace NanoFormer.Cli.Commands;

/// <summary><c>inspect MODEL</c>: what an image holds, what each operator costs, what packing would cost and save, and how the arena is used over time.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var model = ModelFile.Argument();
        var json = new Option<bool>("--json") { Description = "Write one JSON object instead of tables." };
        var command = new Command("inspect", "Show what a model image holds.") { model, json };
        command.SetAction(parse => Run(ModelFile.Load(parse.GetRequiredValue(model)), parse.GetValue(json)));
        return command;
    }

    private static int Run(ModelFile model, bool json)
    {
        var image = ImageReader.Read(model.Image);
        var statistics = GraphStatistics.Of(image.Graph, image.Plan);
        Packing[] packings = [.. CoreTarget.All.Where(core => core.HasCycleModel).Select(core => Packing.Of(model.Image, core))];
        if (json)
        {
            JsonOutput.Write(InspectReport.Json(image, statistics, packings));
            return 0;
        }

        InspectReport.Draw(image, statistics, packings);
        return 0;
    }
}
