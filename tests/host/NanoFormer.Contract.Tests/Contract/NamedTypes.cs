using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace NanoFormer.Contract.Tests;

/// <summary>The assembly's own type that a signature names, without its array or reference around it; nil for any other type.</summary>
internal sealed class NamedTypes : ISignatureTypeProvider<TypeDefinitionHandle, object?>
{
    /// <inheritdoc/>
    public TypeDefinitionHandle GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => handle;

    /// <inheritdoc/>
    public TypeDefinitionHandle GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => default;

    /// <inheritdoc/>
    public TypeDefinitionHandle GetPrimitiveType(PrimitiveTypeCode typeCode) => default;

    /// <inheritdoc/>
    public TypeDefinitionHandle GetSZArrayType(TypeDefinitionHandle elementType) => elementType;

    /// <inheritdoc/>
    public TypeDefinitionHandle GetArrayType(TypeDefinitionHandle elementType, ArrayShape shape) => elementType;

    /// <inheritdoc/>
    public TypeDefinitionHandle GetByReferenceType(TypeDefinitionHandle elementType) => elementType;

    /// <inheritdoc/>
    public TypeDefinitionHandle GetPointerType(TypeDefinitionHandle elementType) => elementType;

    /// <inheritdoc/>
    public TypeDefinitionHandle GetPinnedType(TypeDefinitionHandle elementType) => elementType;

    /// <inheritdoc/>
    public TypeDefinitionHandle GetModifiedType(TypeDefinitionHandle modifier, TypeDefinitionHandle unmodifiedType, bool isRequired) =>
        unmodifiedType;

    /// <inheritdoc/>
    public TypeDefinitionHandle GetGenericInstantiation(
        TypeDefinitionHandle genericType, ImmutableArray<TypeDefinitionHandle> typeArguments) => genericType;

    /// <inheritdoc/>
    public TypeDefinitionHandle GetFunctionPointerType(MethodSignature<TypeDefinitionHandle> signature) => default;

    /// <inheritdoc/>
    public TypeDefinitionHandle GetGenericMethodParameter(object? genericContext, int index) => default;

    /// <inheritdoc/>
    public TypeDefinitionHandle GetGenericTypeParameter(object? genericContext, int index) => default;

    /// <inheritdoc/>
    public TypeDefinitionHandle GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);
}
