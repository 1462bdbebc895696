using System.CommandLine;
using NanoFormer.Cli.New;
using NanoFormer.Cli.Reports;
using NanoFormer.Data.Discovery;
using NanoFormer.Data.Import;
using NanoFormer.Flash;

namespace NanoFormer.Cli.Commands;

/// <summary><c>new DIR</c>: looks at recordings, proposes everything a training needs, and with <c>--yes</c> goes on to a report.</summary>
internal static class NewCommand
{
    private static readonly Argument<string> Source = new("DIR")
    {
        Description = "A folder of recordings, or one file: CSV and other tables, device logs, Edge Impulse, .gz of these; or a packed set.",
    };

    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Train, evaluate and write the report without asking." };
    private static readonly Option<string?> Output = new("--out") { Description = "Folder for all results; default: build/new/NAME." };
    private static readonly Option<string?> Name = new("--name") { Description = "Name of the model; default: that of the folder." };
    private static readonly Option<double?> Rate = new("--rate") { Description = "Samples per second, if the files do not tell." };
    private static readonly Option<string?> Sensor = new("--sensor")
    {
        Description = "Which of several sensors, by a part of its columns' names, such as wrist.",
    };

    private static readonly Option<string?> LabelColumn = new("--label-column") { Description = "Column with the classes, if it is not found." };
    private static readonly Option<string?> SubjectColumn = new("--subject-column")
    {
        Description = "Column with the persons or machines, if it is not found.",
    };

    private static readonly Option<string?> LabelSpans = new("--label-spans")
    {
        Description = "Table that says from when to when which activity was done, if it is not found; with a * for the recording's name, a table for each.",
    };

    private static readonly Option<string[]> SpanColumns = ListOption.Of("--span-columns",
        "Columns of that table in their order: file, subject, label, start, end, or - for another.");

    private static readonly Option<string?> SpanUnitName = new("--span-unit")
    {
        Description = $"What start and end of that table count: {string.Join(", ", SpanUnit.All.Select(unit => unit.Name))}.",
    };

    private static readonly Option<string[]> Test = ListOption.OfWords("--test", "The persons, machines or files to judge on; default: about a third.");

    private static readonly Option<int?> Window = new("--window") { Description = "Samples in a window; default: chosen by the lengths of labelled stretches." };
    private static readonly Option<string> BoardName = new("--board")
    {
        Description = "The board that the model is for.",
        DefaultValueFactory = _ => "ESP32_REV3",
    };

    private static readonly Option<int> Seeds = new("--seeds") { Description = "Number of trainings with different seeds; the report shows their spread.", DefaultValueFactory = _ => 3 };
    private static readonly Option<double> Minutes = new("--minutes")
    {
        Description = "Time that the whole may take on two cores.",
        DefaultValueFactory = _ => 20,
    };

    private static readonly Option<bool> Force = new("--force") { Description = "Replace a train.json that was changed by hand." };
    private static readonly Option<bool> Json = new("--json") { Description = "Write the choices, and the result, as JSON." };

    public static Command Create()
    {
        var command = new Command("new", "From a folder of recordings to a trained and judged model.")
        {
            Source, Yes, Output, Name, Rate, Sensor, LabelColumn, SubjectColumn, LabelSpans, SpanColumns, SpanUnitName, Test, Window, BoardName, Seeds, Minutes, Force, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        Require(parse.GetValue(Rate) is null or (>= 1e-3 and <= 1e6), "--rate must lie between 0.001 and 1000000.");
        Require(parse.GetValue(Window) is null or (>= 8 and <= 8192), "--window must lie between 8 and 8192.");
        Require(parse.GetValue(Seeds) is >= 1 and <= 100, "--seeds must lie between 1 and 100.");
        Require(parse.GetValue(Minutes) is >= 0.1 and <= 10_000, "--minutes must lie between 0.1 and 10000.");
        string source = parse.GetRequiredValue(Source);
        string name = ModelName(parse.GetValue(Name) ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(source))));
        var plan = NewPlan.Make(new NewRequest
        {
            Source = source,
            Name = name,
            Folder = parse.GetValue(Output) ?? Path.Combine("build", "new", name),
            Discovery = new DiscoveryRequest
            {
                RateHz = parse.GetValue(Rate),
                Sensor = parse.GetValue(Sensor),
                LabelColumn = parse.GetValue(LabelColumn),
                SubjectColumn = parse.GetValue(SubjectColumn),
                LabelSpans = parse.GetValue(LabelSpans),
                SpanColumns = parse.GetRequiredValue(SpanColumns),
                SpanUnit = parse.GetValue(SpanUnitName) is { } unit ? SpanUnit.Of(unit) : null,
            },
            TestSubjects = parse.GetRequiredValue(Test),
            WindowSamples = parse.GetValue(Window),
            Board = BoardCatalog.Shipped.Find(parse.GetRequiredValue(BoardName)),
            Seeds = parse.GetValue(Seeds),
            Minutes = parse.GetValue(Minutes),
            Force = parse.GetValue(Force),
        });
        bool json = parse.GetValue(Json);
        if (!json)
        {
            NewReport.Write(plan);
        }

        if (!parse.GetValue(Yes))
        {
            if (json)
            {
                JsonOutput.Write(new { plan.Choices, Config = plan.ConfigPath, Dataset = plan.WindowsFolder });
            }
            else
            {
                NewReport.WriteNext(plan);
            }

            return 0;
        }

        return NewRun.Execute(plan, json);
    }

    /// <summary>A model id made of a folder's name.</summary>
    private static string ModelName(string name)
    {
        string text = string.Concat(Path.GetFileNameWithoutExtension(name).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-')).Trim('-');
        return text.Length == 0 ? "model" : text[..Math.Min(31, text.Length)];
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new CommandFailure("BAD_OPTION", message);
        }
    }
}
