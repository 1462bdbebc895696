using System.CommandLine;
using NanoFormer.Cli.Engines;
using NanoFormer.Cli.Evaluation;
using NanoFormer.Cli.Models;
using NanoFormer.Cli.Reports;
using NanoFormer.Files;

namespace NanoFormer.Cli.Commands;

/// <summary>
/// <c>evaluate MODEL --dataset DIR</c>: how good a model is, where it breaks and what it costs; <c>evaluate --all</c>: every shipped model
/// against its card.
/// </summary>
internal static class EvaluateCommand
{
    private const string SharedDatasets = "../shared/datasets";

    private static readonly Argument<string?> Model = new("MODEL")
    {
        Description = $"A model image, or a folder that holds {ModelFile.ImageName}.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Dataset = new("--dataset")
    {
        Description = $"A packed data set with windows; or recordings or CSV files, cut as {ModelFile.ConfigName} beside the model says.",
    };

    private static readonly Option<string> Split = SplitOption();

    private static readonly Option<string> Core = EngineFactory.Option(EngineFactory.Host);

    private static readonly Option<bool> Json = new("--json") { Description = "Write JSON instead of tables." };

    private static readonly Option<string?> Html = new("--html") { Description = "Also write a page with plots to this file." };

    private static readonly Option<string?> Against = new("--against")
    {
        Description = "Another model, which answers at the end of the same windows.",
    };

    private static readonly Option<bool> All = new("--all") { Description = "Compare every shipped model with its card." };

    private static readonly Option<string> Datasets = new("--datasets")
    {
        Description = "With --all: the folder that holds one folder per data set.",
        DefaultValueFactory = _ => SharedDatasets,
    };

    public static Command Create()
    {
        var command = new Command("evaluate", "Judge a model with an integer engine: accuracy, confidence, robustness, cost.")
        {
            Model, Dataset, Split, Core, Against, Json, Html, All, Datasets,
        };
        command.Validators.Add(result =>
        {
            bool hasBoth = result.GetValue(Model) is not null && result.GetValue(Dataset) is not null;
            bool hasAny = result.GetValue(Model) is not null || result.GetValue(Dataset) is not null || result.GetValue(Html) is not null;
            if (result.GetValue(All) ? hasAny : !hasBoth)
            {
                result.AddError("Name a MODEL and its --dataset, or --all without them.");
            }
        });
        command.SetAction(parse => parse.GetValue(All) ? RunAll(parse) : RunOne(parse));
        return command;
    }

    private static Option<string> SplitOption()
    {
        var option = new Option<string>("--split")
        {
            Description = "Part of the data set; raw: the test subjects' raw recordings.",
            DefaultValueFactory = _ => EvaluationWindows.TestSplit,
        };
        return option.AcceptOnlyFromAmong(EvaluationWindows.TrainSplit, EvaluationWindows.TestSplit, EvaluationWindows.RawSplit);
    }

    private static int RunOne(ParseResult parse)
    {
        var model = ModelFile.Load(parse.GetValue(Model)!);
        var config = model.ReadConfig();
        var data = EvaluationWindows.Load(config, parse.GetValue(Dataset)!, parse.GetRequiredValue(Split));
        var against = parse.GetValue(Against) is { } other ? ModelFile.Load(other) : null;
        var evaluation = new Evaluator(model, config, parse.GetRequiredValue(Core), parse.GetValue(Json), against).Evaluate(data);
        if (parse.GetValue(Html) is { } file)
        {
            AtomicFile.WriteAllText(file, EvaluationPage.Text(evaluation, DateOnly.FromDateTime(DateTime.Now)));
        }

        if (parse.GetValue(Json))
        {
            JsonOutput.Write(EvaluationJson.Of(evaluation));
        }
        else
        {
            EvaluationReport.Draw(evaluation);
        }

        return evaluation.EqualsCard == false ? 1 : 0;
    }

    private static int RunAll(ParseResult parse)
    {
        var datasets = new DatasetFolders(parse.GetRequiredValue(Datasets));
        bool json = parse.GetValue(Json);
        var folders = ShippedModels.Folders();
        if (folders.Count == 0)
        {
            throw new CommandFailure("NO_MODEL", "This is not the repository: there are no shipped models.");
        }

        var checks = folders
            .SelectMany(folder => CardCheck.Run(folder, datasets, parse.GetRequiredValue(Core), json)).ToArray();
        if (json)
        {
            JsonOutput.Write(checks);
        }
        else
        {
            CardCheckReport.Draw(checks);
        }

        return checks.Any(check => check.EqualsCard == false) ? 1 : 0;
    }
}
