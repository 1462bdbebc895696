using System.CommandLine;
using NanoFormer.Cli.Reports;
using NanoFormer.Data.Inspection;
using NanoFormer.Data.Preparation;

namespace NanoFormer.Cli.Commands.Data;

/// <summary><c>data split FOLDER --by subject --out DIR</c>: what is learnt from and what is judged on; never by window.</summary>
internal static class DataSplitCommand
{
    public static Command Create()
    {
        var folder = DataFolder.Argument();
        var by = new Option<SplitUnit>("--by")
        {
            Description = "What stays together: subject or recording. By window is refused.",
            Required = true,
        };
        var test = ListOption.Of("--test", "Subjects, or sources, to judge on; without it, --test-share.");
        var share = new Option<double>("--test-share")
        {
            Description = "Share of the samples to judge on.",
            DefaultValueFactory = _ => new SplitRequest().TestShare,
        };
        var validation = new Option<double>("--validation-share")
        {
            Description = "Share of the train samples whose subjects to propose for data.validationSubjects of a training configuration.",
        };
        var seed = DataFolder.SeedOption();
        var output = DataFolder.OutOption();
        var force = DataFolder.ForceOption();
        var json = DataFolder.JsonOption();
        var command = new Command("split", "Split recordings into train and test, by subject or by recording.")
        {
            folder, by, test, share, validation, seed, output, force, json,
        };
        command.SetAction(parse =>
        {
            var request = new SplitRequest
            {
                Unit = parse.GetValue(by),
                TestUnits = parse.GetRequiredValue(test),
                TestShare = parse.GetValue(share),
                ValidationShare = parse.GetValue(validation),
                Seed = parse.GetValue(seed),
            };
            var (name, recordings) = DataFolder.Recordings(parse.GetRequiredValue(folder));
            var result = DatasetSplit.Run(recordings, request);
            DataFolder.Write(parse.GetRequiredValue(output), parse.GetValue(force), name, result.Recordings);
            return Report(result, name, parse.GetRequiredValue(output), parse.GetValue(json));
        });
        return command;
    }

    private static int Report(SplitResult result, string name, string output, bool json)
    {
        if (json)
        {
            JsonOutput.Write(new
            {
                Out = output,
                Train = result.TrainUnits,
                Test = result.TestUnits,
                Validation = result.ValidationUnits,
                result.Warnings,
            });
            return 0;
        }

        DatasetReport.Draw(DatasetSummary.Of(name, result.Recordings)); // tells the warnings, too
        Console.Out.WriteLine($"test: {string.Join(", ", result.TestUnits)}");
        if (result.ValidationUnits.Count > 0)
        {
            string names = string.Join(", ", result.ValidationUnits.Select(unit => $"\"{unit}\""));
            Console.Out.WriteLine($"for the training configuration: \"validationSubjects\": [{names}]");
        }

        Console.Out.WriteLine($"written to {output}");
        return 0;
    }
}
