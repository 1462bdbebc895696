using NanoFormer.Mutation;

var targets = MutationTarget.ReadAll(Path.Combine(AppContext.BaseDirectory, "targets.json"));
if (args.Length == 0 || args.Skip(1).Any(name => !targets.ContainsKey(name)))
{
    Console.Error.WriteLine($"usage: NanoFormer.Mutation TREE [TARGET...]   without a target all: {string.Join(", ", targets.Keys)}");
    return 2;
}

foreach (string name in args.Length > 1 ? args.Skip(1) : targets.Keys)
{
    var run = new MutationRun(args[0], targets[name]);
    try
    {
        run.TryAll((done, all) => Console.Error.Write($"\r{name}: {done} of {all} faults tried, {run.Survived} not noticed "), Report);
    }
    catch (InvalidOperationException fault)
    {
        Console.Error.WriteLine($"{name}: {fault.Message}");
        return 1;
    }

    Console.Error.WriteLine();
    Console.WriteLine(FormattableString.Invariant(
        $"{name}: {run.Killed} of {run.Killed + run.Survived} faults noticed, {run.Score:P1}"));
}

return 0;

void Report(string file, Mutant mutant) =>
    Console.WriteLine(FormattableString.Invariant($"\r  {file}:{mutant.Line}: '{mutant.Was}' -> '{mutant.Is}'"));
