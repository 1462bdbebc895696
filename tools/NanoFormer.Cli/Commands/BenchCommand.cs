using System.CommandLine;
using NanoFormer.Board;
using NanoFormer.Cli.Benchmarks;
using NanoFormer.Cli.Demo;
using NanoFormer.Cli.Models;
using NanoFormer.Cli.Reports;
using NanoFormer.Emulator;
using NanoFormer.Files;
using NanoFormer.Model;
using NanoFormer.Training.Cards;

namespace NanoFormer.Cli.Commands;

/// <summary><c>bench [MODEL...]</c>: exact instruction counts of models on the emulated cores, with every backend.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var models = new Argument<string[]>("MODEL")
        {
            Description = "Images or model folders; default: the fixed benchmark models and every shipped model.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var core = new Option<string?>("--core") { Description = "Only this emulated core." };
        core.AcceptOnlyFromAmong([.. CoreTarget.All.Select(target => target.Name)]);
        var backend = new Option<string?>("--backend") { Description = "Only these kernels, such as scalar or dsp." };
        var ops = new Option<bool>("--ops") { Description = "Show every operator too." };
        var json = new Option<bool>("--json") { Description = "Write a JSON array, one object per row, operators included." };
        var page = new Option<bool>("--page") { Description = $"Write {BenchmarkPage.RelativePath}, and the costs in the shipped models' cards." };
        var command = new Command("bench", "Count the instructions of models on the emulated cores.") { models, core, backend, ops, json, page };
        command.SetAction(parse =>
        {
            var cores = CoreTarget.All.Where(target => parse.GetValue(core) is not { } name || target.Name == name).ToArray();
            var suite = new BenchmarkSuite(Images(parse.GetValue(models) ?? []), cores, parse.GetValue(backend));
            var rows = Measure(suite, parse.GetValue(json));
            return Report(rows, parse.GetValue(ops), parse.GetValue(json), parse.GetValue(page));
        });
        return command;
    }

    /// <summary>The fixed benchmark models and the shipped ones.</summary>
    public static IReadOnlyList<byte[]> AllImages() =>
        [.. BenchmarkModels.All.Select(model => model.CreateImage()), .. ShippedModels.Folders().Select(path => ModelFile.Load(path).Image)];

    private static IReadOnlyList<byte[]> Images(string[] models) =>
        models.Length == 0 ? AllImages() : [.. models.Select(path => ModelFile.Load(path).Image)];

    private static BenchmarkRow[] Measure(BenchmarkSuite suite, bool quiet)
    {
        var jobs = suite.Jobs();
        if (jobs.Count == 0)
        {
            throw new CommandFailure("UNKNOWN_BACKEND", $"No core was built with the backend '{suite.Backend}'.");
        }

        var firmware = suite.Images.ToDictionary(image => image, image => new Lazy<HopCost?>(() => FirmwareCost.Measure(image)));
        return Progress.Run("model, core and backend", jobs.Count, quiet, done => jobs.SelectMany((job, i) =>
        {
            var rows = job.Run().Select(row => WithHop(row, firmware[job.Image].Value)).ToArray();
            done(i + 1);
            return rows;
        }).ToArray());
    }

    private static BenchmarkRow WithHop(BenchmarkRow row, HopCost? firmware) =>
        row.Op == BenchmarkRow.Total && firmware is not null ? row with { Hop = firmware with { Inference = row.Instructions, InferenceCycles = row.Cycles } } : row;

    private static void WriteCards()
    {
        foreach (string folder in ShippedModels.Folders())
        {
            var model = ModelFile.Load(folder);
            if (model.CardPath is { } path)
            {
                CardCosts.Write(folder, ModelCard.Parse(File.ReadAllText(path)), CardCosts.Measure(model.Image));
            }
        }
    }

    private static int Report(BenchmarkRow[] rows, bool ops, bool json, bool page)
    {
        if (page)
        {
            AtomicFile.WriteAllText(Path.Combine(NativeBuild.RepositoryRoot() ?? "", BenchmarkPage.RelativePath), BenchmarkPage.Text(rows));
            WriteCards();
        }

        if (json)
        {
            JsonOutput.Write(rows);
            return 0;
        }

        BenchmarkTable.Draw(ops ? rows : BenchmarkPage.Shown(rows));
        return 0;
    }
}
