using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace NanoFormer.Contract.Tests;

/// <summary>Names of types in the mangled names of native methods: I4, SZARRAY_U1, BYREF_I2, SystemArray.</summary>
internal sealed class MangledNames : ISignatureTypeProvider<string, object?>
{
    /// <summary>Full name of a type, with / before nested ones.</summary>
    public static string FullName(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        string name = reader.GetString(type.Name);
        if (type.IsNested)
        {
            return FullName(reader, type.GetDeclaringType()) + "/" + name;
        }

        return Qualified(reader.GetString(type.Namespace), name);
    }

    /// <inheritdoc/>
    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode switch
    {
        PrimitiveTypeCode.Void => "VOID",
        PrimitiveTypeCode.Boolean => "BOOLEAN",
        PrimitiveTypeCode.Char => "CHAR",
        PrimitiveTypeCode.SByte => "I1",
        PrimitiveTypeCode.Byte => "U1",
        PrimitiveTypeCode.Int16 => "I2",
        PrimitiveTypeCode.UInt16 => "U2",
        PrimitiveTypeCode.Int32 or PrimitiveTypeCode.IntPtr => "I4",
        PrimitiveTypeCode.UInt32 or PrimitiveTypeCode.UIntPtr => "U4",
        PrimitiveTypeCode.Int64 => "I8",
        PrimitiveTypeCode.UInt64 => "U8",
        PrimitiveTypeCode.Single => "R4",
        PrimitiveTypeCode.Double => "R8",
        PrimitiveTypeCode.String => "STRING",
        PrimitiveTypeCode.Object => "OBJECT",
        _ => throw Unsupported(typeCode.ToString()),
    };

    /// <inheritdoc/>
    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        Squeezed(FullName(reader, handle));

    /// <inheritdoc/>
    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeReference(handle);
        return Squeezed(Qualified(reader.GetString(type.Namespace), reader.GetString(type.Name)));
    }

    /// <inheritdoc/>
    public string GetSZArrayType(string elementType) => "SZARRAY_" + elementType;

    /// <inheritdoc/>
    public string GetByReferenceType(string elementType) => "BYREF_" + elementType;

    /// <inheritdoc/>
    public string GetArrayType(string elementType, ArrayShape shape) => throw Unsupported("arrays of several dimensions");

    /// <inheritdoc/>
    public string GetPointerType(string elementType) => throw Unsupported("pointers");

    /// <inheritdoc/>
    public string GetFunctionPointerType(MethodSignature<string> signature) => throw Unsupported("pointers to functions");

    /// <inheritdoc/>
    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => throw Unsupported("generic types");

    /// <inheritdoc/>
    public string GetGenericMethodParameter(object? genericContext, int index) => throw Unsupported("generic methods");

    /// <inheritdoc/>
    public string GetGenericTypeParameter(object? genericContext, int index) => throw Unsupported("generic types");

    /// <inheritdoc/>
    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    /// <inheritdoc/>
    public string GetPinnedType(string elementType) => elementType;

    /// <inheritdoc/>
    public string GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    private static string Qualified(string scope, string name) => scope.Length == 0 ? name : scope + "." + name;

    private static string Squeezed(string name) =>
        name.Replace(".", "", StringComparison.Ordinal).Replace("/", "", StringComparison.Ordinal);

    private static ContractException Unsupported(string what) => new($"A native method cannot have {what} in its signature.");
}
