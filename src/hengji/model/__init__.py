"""What an evaluation is: frozen values, standard library only, nothing that reaches out."""
