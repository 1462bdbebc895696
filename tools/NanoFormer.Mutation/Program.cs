using System.CommandLine;
using NanoFormer.Mutation;

var targets = MutationTarget.ReadAll(Path.Combine(AppContext.BaseDirectory, "targets.json"));
var tree = new Option<DirectoryInfo>("--tree") { Description = "A copy of the repository, which ./run mutate makes.", Required = true, Hidden = true };
var names = new Argument<string[]>("TARGET") { Description = $"Which to try, or all: {string.Join(", ", targets.Keys)}." };
names.AcceptOnlyFromAmong([.. targets.Keys]);
var json = new Option<bool>("--json") { Description = "Write one JSON array, an object per target, instead of lines." };
var minutes = new Option<double?>("--minutes")
{
    Description = $"How long each target may take; without it {string.Join(", ", targets.Select(t => $"{t.Key} {t.Value.Minutes}"))}. "
        + "The faults tried until then are a random sample.",
};
minutes.Validators.Add(result =>
{
    if (result.GetValueOrDefault<double?>() is not > 0)
    {
        result.AddError("--minutes needs a number above 0");
    }
});

var command = new RootCommand("Puts one small fault after another into a copy of the code, and tells which of them no test notices.")
{
    names, json, minutes, tree,
};
command.SetAction(parse => Run(
    parse.GetRequiredValue(tree).FullName, parse.GetValue(names) ?? [], parse.GetValue(json), parse.GetValue(minutes)));
return command.Parse(args).Invoke();

int Run(string root, string[] chosen, bool asJson, double? limit)
{
    var reports = new List<MutationReport>();
    foreach (string name in chosen.Length > 0 ? chosen : targets.Keys)
    {
        var progress = new MutationProgress(Console.Error, !Console.IsErrorRedirected);
        var run = new MutationRun(root, name, targets[name], TimeSpan.FromMinutes(limit ?? targets[name].Minutes));
        try
        {
            reports.Add(run.TryAll(progress.Show));
        }
        catch (InvalidOperationException fault)
        {
            Console.Error.WriteLine($"{name}: {fault.Message}");
            return 1;
        }

        if (!asJson)
        {
            Console.Write(reports[^1].Lines());
        }
    }

    if (asJson)
    {
        Console.WriteLine(MutationReport.Json(reports));
    }

    return reports.All(report => report.IsGood) ? 0 : 1;
}
