using Microsoft.CodeAnalysis;

namespace NanoFormer.Device.Analyzers;

/// <summary>Parts of C# that nanoFramework 1.x does not run: some compile and then crash, others fail without naming a way out.</summary>
internal static class LanguageRules
{
    internal static readonly DiagnosticDescriptor Generics = DeviceRule.Create(
        "NFD001",
        DeviceRule.Language,
        "Generic type or method",
        "Generic types crash when the assembly is loaded and generic methods return garbage: write the type out, declare a delegate "
        + "of your own, or use an array, ArrayList or Hashtable");

    internal static readonly DiagnosticDescriptor MultiDimensionalArray = DeviceRule.Create(
        "NFD002",
        DeviceRule.Language,
        "Multi-dimensional array",
        "Multi-dimensional arrays crash the runtime: use one flat array and compute the index, or an array of arrays");

    internal static readonly DiagnosticDescriptor Checked = DeviceRule.Create(
        "NFD003",
        DeviceRule.Language,
        "Checked arithmetic",
        "'checked' never throws on the device: compare with the limits before computing");

    internal static readonly DiagnosticDescriptor StackAlloc = DeviceRule.Create(
        "NFD004",
        DeviceRule.Language,
        "stackalloc",
        "stackalloc throws on the device: allocate an array once and keep it in a field");

    internal static readonly DiagnosticDescriptor Fixed = DeviceRule.Create(
        "NFD005",
        DeviceRule.Language,
        "fixed",
        "'fixed' is refused on the device: index the array");

    internal static readonly DiagnosticDescriptor DefaultInterfaceMember = DeviceRule.Create(
        "NFD006",
        DeviceRule.Language,
        "Interface member with a body",
        "A default interface member throws when it is called: put the code into a base class or a static method");

    internal static readonly DiagnosticDescriptor Volatile = DeviceRule.Create(
        "NFD007",
        DeviceRule.Language,
        "volatile",
        "nanoFramework has no volatile fields: use lock, or Interlocked on an int field");

    internal static readonly DiagnosticDescriptor Nullable = DeviceRule.Create(
        "NFD008",
        DeviceRule.Language,
        "Nullable type",
        "nanoFramework has no nullable value types, and annotations embed types into the assembly: use a flag or a reserved value "
        + "beside the value, and drop the '?' of a reference");

    internal static readonly DiagnosticDescriptor Tuple = DeviceRule.Create(
        "NFD009",
        DeviceRule.Language,
        "Tuple",
        "nanoFramework has no tuples: use out parameters or a small class");

    internal static readonly DiagnosticDescriptor Yield = DeviceRule.Create(
        "NFD010",
        DeviceRule.Language,
        "Iterator",
        "nanoFramework has no iterators: fill an array, or write the IEnumerator out");

    internal static readonly DiagnosticDescriptor Async = DeviceRule.Create(
        "NFD011",
        DeviceRule.Language,
        "async or await",
        "nanoFramework has no tasks: use Thread, Timer and AutoResetEvent");

    internal static readonly DiagnosticDescriptor Record = DeviceRule.Create(
        "NFD012",
        DeviceRule.Language,
        "Record",
        "Records need types that nanoFramework lacks: write a class with read-only properties");

    internal static readonly DiagnosticDescriptor IndexOrRange = DeviceRule.Create(
        "NFD013",
        DeviceRule.Language,
        "Index from the end, or range",
        "nanoFramework has no System.Index and System.Range: write array[array.Length - n], or copy with Array.Copy");

    internal static readonly DiagnosticDescriptor Decimal = DeviceRule.Create(
        "NFD014",
        DeviceRule.Language,
        "decimal",
        "nanoFramework has no decimal: use an integer of a smaller unit");

    internal static readonly DiagnosticDescriptor Query = DeviceRule.Create(
        "NFD015",
        DeviceRule.Language,
        "LINQ, or another namespace the device lacks",
        "'{0}' does not exist on nanoFramework: write the loop, with arrays, ArrayList, Hashtable, Thread and Timer");

    internal static readonly DiagnosticDescriptor Span = DeviceRule.Create(
        "NFD016",
        DeviceRule.Language,
        "Span or Memory",
        "nanoFramework has no '{0}': pass the array with an offset and a count");

    internal static readonly DiagnosticDescriptor Dynamic = DeviceRule.Create(
        "NFD017",
        DeviceRule.Language,
        "dynamic",
        "nanoFramework has no dynamic binding: use object and a cast, or an interface");

    internal static readonly DiagnosticDescriptor ExceptionFilter = DeviceRule.Create(
        "NFD018",
        DeviceRule.Language,
        "Exception filter",
        "A filter that is false can end the program without a word, and no catch runs: catch, test in the block, and 'throw;' when it is "
        + "not meant for you");
}
