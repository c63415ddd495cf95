"""What a form of the administration would send if nobody had typed into it."""


def as_shown(client, address):
    """The fields of the form and of what stands below it, as a browser would send them."""
    context = client.get(address).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    return {
        form.add_prefix(name): shown
        for form in forms
        for name in form.fields
        if (shown := form[name].value()) is not None and shown is not False
    }
