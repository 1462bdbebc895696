namespace NanoFormer.ManagedCost;

/// <summary>What was counted of one method.</summary>
/// <param name="Method"><c>Namespace.Type::Name(parameter types)</c>, as Cecil writes it.</param>
/// <param name="Calls">Times it was entered; of a library method, times that woven code called it.</param>
/// <param name="Instructions">IL instructions it executed itself, without those of the methods it called; 0 for a library method.</param>
/// <param name="Allocations">
/// Objects that these instructions made on nanoCLR's heap: by newobj, newarr and box, and by ldstr, which makes a new reference each time.
/// </param>
/// <param name="IsLibrary">Whether it lies outside the woven assemblies, so that its inside is not seen.</param>
public sealed record MethodCount(string Method, long Calls, long Instructions, long Allocations, bool IsLibrary);
