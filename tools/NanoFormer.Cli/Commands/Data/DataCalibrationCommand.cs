using System.CommandLine;
using NanoFormer.Cli.Reports;
using NanoFormer.Data;
using NanoFormer.Data.Inspection;
using NanoFormer.Data.Preparation;
using NanoFormer.Data.Storage;

namespace NanoFormer.Cli.Commands.Data;

/// <summary><c>data calibration FOLDER --count N --out DIR</c>: the windows that quantization measures its ranges on.</summary>
internal static class DataCalibrationCommand
{
    private const string Part = "calibration";

    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "Folder of a data set of windows; the train part is chosen from." };
        var count = new Option<int>("--count") { Description = "Windows to choose.", DefaultValueFactory = _ => 256 };
        var seed = DataFolder.SeedOption();
        var output = DataFolder.OutOption();
        var force = DataFolder.ForceOption();
        var json = DataFolder.JsonOption();
        var command = new Command("calibration", "Choose a representative set of train windows to calibrate quantization with.")
        {
            folder, count, seed, output, force, json,
        };
        command.SetAction(parse => Run(
            PackedDataset.Open(parse.GetRequiredValue(folder)), parse.GetValue(count), parse.GetValue(seed),
            parse.GetRequiredValue(output), parse.GetValue(force), parse.GetValue(json)));
        return command;
    }

    private static int Run(PackedDataset dataset, int count, int seed, string output, bool force, bool json)
    {
        if (!dataset.HasWindows)
        {
            throw new CommandFailure("NO_WINDOWS", $"'{dataset.Name}' holds recordings: cut them with 'data window' first.");
        }

        var train = dataset.ReadWindows(DatasetSplit.Train);
        var chosen = CutWindows.Of(train).Take(CalibrationChoice.Choose(train, count, seed));
        var coverage = ChannelCoverage.Of(train, chosen.Windows);
        DatasetWriter.WriteWindows(output, dataset.Name, new Dictionary<string, CutWindows> { [Part] = chosen }, force);
        if (json)
        {
            JsonOutput.Write(new { Out = output, Windows = chosen.Windows.Count, Of = train.Count, Coverage = coverage });
            return 0;
        }

        DatasetReport.Draw(DatasetSummary.Of(dataset.Name, new Dictionary<string, WindowSet> { [Part] = chosen.Windows }));
        foreach (var channel in coverage)
        {
            Console.Out.WriteLine(FormattableString.Invariant(
                $"{channel.Name}: covers {channel.RangeShare:P1} of the train windows' range; ")
                + FormattableString.Invariant(
                    $"deviation {channel.Deviation:0.####} against {channel.TrainDeviation:0.####} {channel.Unit}"));
        }

        Console.Out.WriteLine($"written to {output}");
        return 0;
    }
}
