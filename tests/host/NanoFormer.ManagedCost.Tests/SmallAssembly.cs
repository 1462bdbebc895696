using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;

namespace NanoFormer.ManagedCost.Tests;

/// <summary>
/// An assembly of static methods written instruction by instruction, so that what it executes can be counted by hand; then woven and
/// loaded.
/// </summary>
internal sealed class SmallAssembly : IDisposable
{
    private static int _count;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanoformer-woven");
    private readonly PersistedAssemblyBuilder _assembly;
    private readonly TypeBuilder _type;
    private readonly TypeBuilder _native;
    private readonly string _name = $"Small{Interlocked.Increment(ref _count)}";
    private Type? _loaded;

    public SmallAssembly()
    {
        _assembly = new PersistedAssemblyBuilder(new AssemblyName(_name), typeof(object).Assembly);
        var module = _assembly.DefineDynamicModule(_name);
        _type = module.DefineType("Small", TypeAttributes.Public);
        _native = module.DefineType("Native", TypeAttributes.Public);
        _native.SetCustomAttribute(new CustomAttributeBuilder(typeof(HostOnlyAttribute).GetConstructor([])!, []));
    }

    public string Name => _name;

    public string Folder => _folder.FullName;

    /// <summary>Adds a method.</summary>
    public MethodBuilder Define(string name, Type result, Type[] parameters, Action<ILGenerator> write) =>
        Define(name, result, parameters, (il, _) => write(il));

    /// <summary>Adds a method that may call itself.</summary>
    public MethodBuilder Define(string name, Type result, Type[] parameters, Action<ILGenerator, MethodBuilder> write) =>
        Define(_type, name, result, parameters, write);

    /// <summary>Adds a method to a type that stands for native code.</summary>
    public MethodBuilder DefineNative(string name, Type result, Type[] parameters, Action<ILGenerator> write) =>
        Define(_native, name, result, parameters, (il, _) => write(il));

    /// <summary>Weaves what was defined and loads it.</summary>
    public void Weave()
    {
        _type.CreateType();
        _native.CreateType();
        string path = Path.Combine(Folder, _name + ".dll");
        _assembly.Save(path);
        Assert.Equal([_name], Weaver.Weave(Folder, new HashSet<string> { _name }));
        // Its reference to the counter resolves to the one the tests read.
        _loaded = new AssemblyLoadContext(_name).LoadFromAssemblyPath(path).GetType("Small")!;
    }

    /// <summary>Calls a method and gives its result and what was counted meanwhile, by method name.</summary>
    public (object? Result, Dictionary<string, MethodCount> Counts) Run(string name, params object?[] arguments)
    {
        var method = _loaded!.GetMethod(name)!;
        ManagedCounter.Reset();
        object? result = method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        return (result, Counts());
    }

    /// <summary>The same of a method that ends with an exception.</summary>
    public Dictionary<string, MethodCount> Throws<T>(string name, params object?[] arguments)
        where T : Exception
    {
        Assert.Throws<T>(() => Run(name, arguments));
        return Counts();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static MethodBuilder Define(
        TypeBuilder type, string name, Type result, Type[] parameters, Action<ILGenerator, MethodBuilder> write)
    {
        var method = type.DefineMethod(name, MethodAttributes.Public | MethodAttributes.Static, result, parameters);
        write(method.GetILGenerator(), method);
        return method;
    }

    private static Dictionary<string, MethodCount> Counts() => ManagedCounter.Read()
        .ToDictionary(count => count.Method[(count.Method.LastIndexOf("::", StringComparison.Ordinal) + 2)..count.Method.IndexOf('(')]);
}

/// <summary>The weaver knows the firmware's own by its name.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class HostOnlyAttribute : Attribute;
