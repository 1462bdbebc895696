using System.CommandLine;
using NanoFormer.Cli.Benchmarks;
using NanoFormer.Cli.Models;
using NanoFormer.Cli.Reports;
using NanoFormer.Emulator;

namespace NanoFormer.Cli.Commands;

/// <summary><c>bench [MODEL...]</c>: exact instruction counts of models on the emulated cores.</summary>
internal static class BenchCommand
{
    private const string ShippedModels = "model-blobs";

    public static Command Create()
    {
        var models = new Argument<string[]>("MODEL")
        {
            Description = "Images or model folders; every shipped model without.",
            DefaultValueFactory = _ => Shipped(),
        };
        var json = new Option<bool>("--json") { Description = "Write a JSON array, one object a row." };
        var command = new Command("bench", "Count the instructions of models on the emulated cores.") { models, json };
        command.SetAction(parse => Run([.. parse.GetRequiredValue(models).Select(ModelFile.Load)], parse.GetValue(json)));
        return command;
    }

    private static int Run(IReadOnlyList<ModelFile> models, bool json)
    {
        var jobs = models.SelectMany(_ => CoreTarget.All, (model, core) => (model, core)).ToArray();
        var rows = Progress.Run("model and core", jobs.Length, json, done => jobs.Select((job, i) =>
        {
            var row = Benchmark.Run(job.model, job.core);
            done(i + 1);
            return row;
        }).ToArray());
        if (json)
        {
            JsonOutput.Write(rows);
        }
        else
        {
            BenchmarkTable.Draw(rows);
        }
        return 0;
    }

    private static string[] Shipped()
    {
        var folder = Path.Combine(NativeBuild.RepositoryRoot() ?? "", ShippedModels);
        return Directory.Exists(folder)
            ? [.. Directory.GetDirectories(folder).Where(path => File.Exists(Path.Combine(path, ModelFile.ImageName))).Order(StringComparer.Ordinal)]
            : [];
    }
}
