using NanoFormer.ManagedCost;

if (args.Length < 2)
{
    Console.Error.WriteLine("usage: NanoFormer.ManagedCost FOLDER ASSEMBLY...   weaves the counting into assemblies of a folder, in place");
    return 2;
}

Weaver.Weave(args[0], args.Skip(1).ToHashSet(StringComparer.Ordinal));
return 0;
