using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoFormer.ManagedCost;

/// <summary>Rewrites built assemblies so that they count the IL instructions they execute (<see cref="ManagedCounter"/>).</summary>
public static class Weaver
{
    private const string CounterType = "<ManagedCost>";

    /// <summary>Weaves assemblies of a folder, in place; those that are woven already stay as they are.</summary>
    /// <param name="folder">Where they lie, with whatever they refer to.</param>
    /// <param name="names">Their simple names; all others are libraries to them. A name without a file is passed over.</param>
    /// <returns>Those that were woven now.</returns>
    /// <exception cref="BadImageFormatException">A file is not an assembly.</exception>
    public static IReadOnlyList<string> Weave(string folder, IReadOnlySet<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return [.. names.Where(name => WeaveFile(Path.Combine(folder, name + ".dll"), names)).Order(StringComparer.Ordinal)];
    }

    private static bool WeaveFile(string path, IReadOnlySet<string> names)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        bool hasSymbols = File.Exists(Path.ChangeExtension(path, ".pdb"));
        using var assembly = AssemblyDefinition.ReadAssembly(path, new ReaderParameters { InMemory = true, ReadSymbols = hasSymbols });
        var module = assembly.MainModule;
        if (module.Types.Any(type => type.Name == CounterType))
        {
            return false;
        }

        Weave(module, names);
        string beside = Path.Combine(Path.GetDirectoryName(path)!, "woven", Path.GetFileName(path));
        Directory.CreateDirectory(Path.GetDirectoryName(beside)!);
        assembly.Write(beside, new WriterParameters { WriteSymbols = hasSymbols });
        if (hasSymbols)
        {
            File.Move(Path.ChangeExtension(beside, ".pdb"), Path.ChangeExtension(path, ".pdb"), overwrite: true);
        }

        File.Move(beside, path, overwrite: true);
        return true;
    }

    private static void Weave(ModuleDefinition module, IReadOnlySet<string> names)
    {
        var methods = module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody)
            .ToLookup(method => MethodTable.IsHostOnly(method.DeclaringType));
        var table = new MethodTable(names);
        var number = new FieldDefinition(
            "Number", FieldAttributes.Assembly | FieldAttributes.Static | FieldAttributes.InitOnly, module.TypeSystem.Int32);
        var countsOf = module.ImportReference(typeof(ManagedCounter).GetMethod(nameof(ManagedCounter.Counts)));
        foreach (var method in methods[false])
        {
            MethodWeaver.Weave(method, table, number, countsOf);
        }

        var pause = new PauseWeaver(module);
        foreach (var method in methods[true])
        {
            pause.Weave(method);
        }

        AddCounter(module, number, table.Text);
    }

    /// <summary>Adds a type whose field holds the assembly's number; registering gives it when the field is first read.</summary>
    private static void AddCounter(ModuleDefinition module, FieldDefinition number, string table)
    {
        const TypeAttributes Static = TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit;
        const MethodAttributes Initializer = MethodAttributes.Private | MethodAttributes.Static | MethodAttributes.HideBySig
            | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName;
        var counter = new TypeDefinition("", CounterType, Static, module.TypeSystem.Object);
        var initializer = new MethodDefinition(".cctor", Initializer, module.TypeSystem.Void);
        var code = initializer.Body.GetILProcessor();
        code.Emit(OpCodes.Ldstr, table);
        code.Emit(OpCodes.Call, module.ImportReference(typeof(ManagedCounter).GetMethod(nameof(ManagedCounter.Register))));
        code.Emit(OpCodes.Stsfld, number);
        code.Emit(OpCodes.Ret);
        counter.Fields.Add(number);
        counter.Methods.Add(initializer);
        module.Types.Add(counter);
    }
}
